package dev.meetgate.vault;

import dev.meetgate.audit.Action;
import dev.meetgate.audit.Entries;
import dev.meetgate.caller.Origin;
import dev.meetgate.caller.User;
import dev.meetgate.database.Postgres;
import dev.meetgate.events.EventType;
import dev.meetgate.events.Events;
import dev.meetgate.oauth.AuthorizationServer;
import dev.meetgate.oauth.TokenResponse;
import dev.meetgate.problem.Failure;
import dev.meetgate.secret.Sealer;
import dev.meetgate.upkeep.Chore;
import dev.meetgate.upkeep.Expiry;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlResult;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.annotation.Priority;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Revokes grants at GoTo (RFC 7009). The statement that erases a connection also writes a sealed note.
 * MeetGate retries until GoTo has revoked the grant or the note expires.
 *
 * <p>A server may end all grants of an account when one is revoked. A note therefore waits while a connection
 * or a consent that waits has the same account.
 */
@Singleton
@Priority(Chore.REVOKE)
class Revocations implements Chore, SealedTable {

    private static final int BATCH = 20;

    /** The first pause leaves time for the immediate attempt. */
    private static final String ERASE = """
            with erased as (
                delete from connection where tenant = $1 and user_id = $2 returning *),
            told as (
                %s),
            audited as (
                %s)
            insert into revocation
                   (id, tenant, user_id, sealed_refresh_token, email, organizer_key, created_at, next_attempt_at)
            select gen_random_uuid(), tenant, user_id, sealed_refresh_token, email, organizer_key,
                   clock_timestamp(), clock_timestamp() + interval '1 minute'
              from erased where sealed_refresh_token is not null
            """.formatted(
                    ConnectionEvents.write(EventType.CONNECTION_DISCONNECTED, "erased"),
                    Entries.write(Action.CONNECTION_DISCONNECT, "$3::text", "erased"));

    private static final String ADD = """
            insert into revocation
                   (id, tenant, user_id, sealed_refresh_token, email, organizer_key, created_at, next_attempt_at)
            values (gen_random_uuid(), $1, $2, $3, $4, $5, clock_timestamp(), clock_timestamp() + interval '1 minute')
            """;

    /** Notes the grant of a connection whose tokens are about to be replaced, unless GoTo has ended it. */
    static final String NOTE = """
            insert into revocation
                   (id, tenant, user_id, sealed_refresh_token, email, organizer_key, created_at, next_attempt_at)
            select gen_random_uuid(), tenant, user_id, sealed_refresh_token, email, organizer_key,
                   clock_timestamp(), clock_timestamp() + interval '1 minute'
              from connection
             where id = :connection and sealed_refresh_token is not null and reason is distinct from 'REVOKED'
            """;

    /** Notes the grants of a relation of consents. The first pause leaves time for the immediate attempt. */
    static String noteSoon(String relation) {
        return note("interval '1 minute'", relation);
    }

    static String noteNow(String relation) {
        return note("interval '0'", relation);
    }

    private static String note(String pause, String relation) {
        return """
            insert into revocation (id, tenant, user_id, sealed_refresh_token, email, created_at, next_attempt_at)
            select gen_random_uuid(), tenant, user_id, sealed_refresh_token, email,
                   clock_timestamp(), clock_timestamp() + %s
              from %s where sealed_refresh_token is not null
            """.formatted(pause, relation);
    }

    /**
     * Whether a working connection or a consent that waits has the account of a note, by its key, or by its
     * e-mail address where a key is missing. The user's own connection has it unless it is known to be
     * another account. A note or connection of others without key and address concerns nobody else.
     */
    private static final String IS_HELD = """
            exists (select 1 from connection
                     where organizer_key = revocation.organizer_key and status = 'CONNECTED')
            or exists (select 1 from connection
                        where lower(email) = lower(revocation.email) and status = 'CONNECTED'
                          and (organizer_key is null or revocation.organizer_key is null))
            or exists (select 1 from connection
                        where tenant = revocation.tenant and user_id = revocation.user_id and status = 'CONNECTED'
                          and (coalesce(previous_organizer_key, previous_account_key, previous_email) is not null
                               or coalesce(organizer_key = revocation.organizer_key,
                                           lower(email) = lower(revocation.email), true)))
            or exists (select 1 from pending_consent where lower(email) = lower(revocation.email))
            or exists (select 1 from pending_consent
                        where tenant = revocation.tenant and user_id = revocation.user_id
                          and (email is null or revocation.email is null))
            """;

    private static final String EXPIRED = "created_at < now() - interval '7 days' order by created_at";

    /**
     * The pause doubles, from a minute up to an hour. A held note is looked at each hour. Its week starts
     * again with each look, and after a day without a try the week of any note.
     */
    private static final String CLAIM = """
            with due as materialized (
                select * from revocation where %s limit %d for update skip locked),
            claimed as materialized (
                select id, %s as held from due as revocation)
            update revocation
               set next_attempt_at = clock_timestamp() + case when held then interval '1 hour'
                   else least(interval '1 hour', greatest(interval '1 minute', clock_timestamp() - created_at)) end,
                   created_at = case when held or next_attempt_at < clock_timestamp() - interval '1 day'
                       then clock_timestamp() else created_at end
              from claimed where revocation.id = claimed.id
            returning revocation.id, tenant, user_id, sealed_refresh_token, held
            """;

    private static final String CLAIM_DUE =
            CLAIM.formatted("next_attempt_at < now() order by next_attempt_at", BATCH, IS_HELD);

    private static final String CLAIM_OF_USER =
            CLAIM.formatted("tenant = $1 and user_id = $2 order by created_at desc", BATCH, IS_HELD);

    private static final String DONE = "delete from revocation where id = $1";

    private final Postgres postgres;
    private final TokenSealer sealer;
    private final AuthorizationServer authorizationServer;
    private final Events events;

    Revocations(Postgres postgres, TokenSealer sealer, AuthorizationServer authorizationServer, Events events) {
        this.events = events;
        this.postgres = postgres;
        this.sealer = sealer;
        this.authorizationServer = authorizationServer;
    }

    Uni<Void> erase(User user, Origin origin) {
        return postgres.execute(ERASE, user.tenant(), user.id(), origin.json())
                .invoke(() -> events.written(user.tenant()))
                .flatMap(erased -> revoke(user));
    }

    /** Revokes tokens that are stored nowhere. */
    Uni<Void> revokeOrphaned(User user, Account account, TokenResponse tokens) {
        if (tokens.refreshToken() == null) {
            return Uni.createFrom().voidItem();
        }
        var note = Tuple.of(
                user.tenant(),
                user.id(),
                Buffer.buffer(sealer.refreshToken(tokens.refreshToken(), user)),
                account.email(),
                account.organizerKey());
        return Postgres.persistently(postgres.execute(ADD, note)).flatMap(added -> revoke(user));
    }

    /** Revokes the ended grants of a user now. */
    Uni<Void> revoke(User user) {
        return postgres.execute(CLAIM_OF_USER, Tuple.of(user.tenant(), user.id()))
                .flatMap(notes -> revokeAll(notes, () -> true));
    }

    /** Retries the due revocations, then deletes notes whose week is over. */
    @Override
    public Uni<Boolean> run(BooleanSupplier mayGoOn) {
        return Expiry.inBatches(BATCH, () -> retry(mayGoOn), mayGoOn)
                .flatMap(tried -> tried
                        ? Expiry.delete(postgres, "revocation", "id", EXPIRED, mayGoOn)
                        : Uni.createFrom().item(false));
    }

    private Uni<Integer> retry(BooleanSupplier mayGoOn) {
        return postgres.execute(CLAIM_DUE)
                .call(notes -> revokeAll(notes, mayGoOn))
                .map(SqlResult::size);
    }

    private Uni<Void> revokeAll(RowSet<Row> notes, BooleanSupplier mayGoOn) {
        return Multi.createFrom()
                .iterable(notes)
                .select()
                .first(note -> mayGoOn.getAsBoolean())
                .select()
                .where(note -> !note.getBoolean(4))
                .onItem()
                .transformToUniAndConcatenate(this::revoke)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> revoke(Row note) {
        var user = new User(note.getString(1), note.getString(2));
        return Uni.createFrom()
                .item(() -> sealer.openRefreshToken(note.getBuffer(3).getBytes(), user))
                .flatMap(authorizationServer::revoke)
                .flatMap(revoked -> postgres.execute(DONE, Tuple.of(note.getUUID(0))))
                .replaceWithVoid()
                .onFailure(failure -> failure instanceof Failure || failure instanceof Sealer.CannotOpen)
                .recoverWithItem(failure -> {
                    Log.warnf("An ended grant could not be revoked and is tried again later: %s", failure.getMessage());
                    return null;
                });
    }

    @Override
    public Uni<List<String>> sealingKeys() {
        return SealedTable.keysIn("revocation", postgres);
    }
}
