package dev.meetgate.vault;

import dev.meetgate.caller.User;
import dev.meetgate.database.Postgres;
import dev.meetgate.database.Rows;
import dev.meetgate.oauth.TokenResponse;
import dev.meetgate.problem.Failure;
import dev.meetgate.secret.Secret;
import dev.meetgate.upkeep.Chore;
import dev.meetgate.upkeep.Expiry;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlResult;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.annotation.Priority;
import jakarta.inject.Singleton;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Consents that nobody has confirmed. After ten minutes, {@link Revocations} revokes their grants. */
@Singleton
@Priority(Chore.QUICK)
class PendingConsents implements Chore, SealedTable {

    private static final int BATCH = 100;

    private static final String KEEP = """
            with replaced as (
                select tenant, user_id, sealed_refresh_token, email from pending_consent
                 where id = :id and sealed_access_token <> :accessToken),
            noted as (
                %s)
            insert into pending_consent
                   (id, tenant, user_id, sealed_access_token, sealed_refresh_token, access_token_expires_at, scopes,
                    email, expires_at)
            values (:id, :tenant, :user, :accessToken, cast(:refreshToken as bytea), :expiresAt, :scopes,
                    cast(:email as text), now() + interval '10 minutes')
            on conflict (id) do update
               set sealed_access_token = excluded.sealed_access_token,
                   sealed_refresh_token = excluded.sealed_refresh_token,
                   access_token_expires_at = excluded.access_token_expires_at, scopes = excluded.scopes,
                   email = excluded.email, expires_at = excluded.expires_at
            """.formatted(RevocationNotes.soon("replaced"));

    private static final String FIND = """
            select sealed_access_token, sealed_refresh_token, access_token_expires_at, scopes, email
              from pending_consent where id = $1 and tenant = $2 and user_id = $3 and expires_at > now()
            """;

    private static final String DELETE = "delete from pending_consent where id = :id";

    private static final String DROP = """
            with dropped as (
                delete from pending_consent
                 where tenant = $1 and user_id = $2 and id = coalesce($3, id) and expires_at <= coalesce($4, expires_at)
                returning *)
            %s
            """.formatted(RevocationNotes.soon("dropped"));

    /** The minute leaves time for a caller who has just begun to accept the consent. */
    private static final String LAPSE = """
            with lapsed as (
                delete from pending_consent where id = any (array(
                    select id from pending_consent where expires_at < now() - interval '1 minute'
                     order by expires_at limit %d for update skip locked))
                returning *),
            noted as (
                %s)
            select tenant from lapsed
            """.formatted(BATCH, RevocationNotes.now("lapsed"));

    private final Postgres postgres;
    private final TokenSealer sealer;

    PendingConsents(Postgres postgres, TokenSealer sealer) {
        this.postgres = postgres;
        this.sealer = sealer;
    }

    /**
     * Stores the tokens in place of those of an earlier consent with the same link.
     *
     * @param alongside stores first in the same transaction that the link waits, and locks it
     */
    Uni<Void> keep(User user, Buffer link, Consent consent, Supplier<Uni<Void>> alongside) {
        TokenResponse tokens = consent.tokens();
        byte[] accessToken = sealer.accessToken(tokens.accessToken(), user);
        byte @Nullable [] refreshToken =
                tokens.refreshToken() == null ? null : sealer.refreshToken(tokens.refreshToken(), user);
        return Postgres.guarded(Panache.withTransaction(() -> alongside
                .get()
                .flatMap(stored -> Panache.getSession())
                .flatMap(session -> session.createNativeQuery(KEEP)
                        .setParameter("id", link.getBytes())
                        .setParameter("tenant", user.tenant())
                        .setParameter("user", user.id())
                        .setParameter("accessToken", accessToken)
                        .setParameter("refreshToken", refreshToken)
                        .setParameter("expiresAt", tokens.expiresAt())
                        .setParameter("scopes", String.join(" ", consent.scopes()))
                        .setParameter("email", tokens.principal())
                        .executeUpdate())
                .replaceWithVoid()));
    }

    /** The consent, or null if there is none any more. */
    Uni<@Nullable Consent> find(User user, Buffer link, boolean withChallenge) {
        return postgres.execute(FIND, Tuple.of(link, user.tenant(), user.id()))
                .map(rows -> Rows.only(rows, row -> consent(user, row, withChallenge)));
    }

    private Consent consent(User user, Row row, boolean withChallenge) {
        Buffer refreshToken = row.getDelegate().getBuffer("sealed_refresh_token");
        Secret opened = refreshToken == null ? null : sealer.openRefreshToken(refreshToken.getBytes(), user);
        Set<String> scopes = Set.of(row.getString("scopes").split(" "));
        var tokens = new TokenResponse(
                sealer.openAccessToken(row.getBuffer("sealed_access_token").getBytes(), user),
                opened,
                row.getOffsetDateTime("access_token_expires_at").toInstant(),
                scopes,
                row.getString("email"));
        return new Consent(tokens, scopes, true, withChallenge);
    }

    /**
     * Deletes it in the current transaction, which gives its tokens to the connection. Fails with
     * {@link Failure.UnknownCallback} if it has ended meanwhile.
     */
    static Uni<Void> delete(Buffer link) {
        return Panache.getSession()
                .flatMap(session -> session.createNativeQuery(DELETE)
                        .setParameter("id", link.getBytes())
                        .executeUpdate())
                .invoke(deleted -> {
                    if (deleted == 0) {
                        throw new Failure.UnknownCallback();
                    }
                })
                .replaceWithVoid();
    }

    /** Ends the consent of a link that waits until this time, or all of the user, as grants to revoke. */
    Uni<Void> drop(User user, @Nullable Buffer link, @Nullable OffsetDateTime until) {
        return postgres.execute(DROP, user.tenant(), user.id(), link, until).replaceWithVoid();
    }

    @Override
    public Uni<Boolean> run(BooleanSupplier mayGoOn) {
        return Expiry.inBatches(BATCH, () -> postgres.execute(LAPSE).map(SqlResult::size), mayGoOn);
    }

    @Override
    public Uni<List<String>> sealingKeys() {
        return SealedTable.keysIn("pending_consent", postgres);
    }
}
