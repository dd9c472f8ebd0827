package dev.meetgate.vault;

import dev.meetgate.caller.User;
import dev.meetgate.database.Postgres;
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
import java.util.UUID;
import java.util.function.BooleanSupplier;

/**
 * Revokes grants at GoTo (RFC 7009). The statement that erases a connection also writes a sealed note.
 * MeetGate retries until GoTo has revoked the grant or the note expires.
 */
@Singleton
@Priority(Chore.REVOKE)
class Revocations implements Chore, SealedTable {

    private static final int BATCH = 20;
    private static final String EXPIRED = "created_at < now() - interval '7 days' order by created_at";

    /** The first pause leaves time for the immediate attempt. */
    private static final String ERASE = """
            with erased as (
                delete from connection where tenant = $1 and user_id = $2 returning tenant, user_id, sealed_refresh_token)
            insert into revocation (id, tenant, user_id, sealed_refresh_token, created_at, next_attempt_at)
            select $3, tenant, user_id, sealed_refresh_token, clock_timestamp(), clock_timestamp() + interval '1 minute'
              from erased where sealed_refresh_token is not null
            returning id, tenant, user_id, sealed_refresh_token, false
            """;

    /** Adds nothing if the user has a connection. */
    private static final String ADD = """
            insert into revocation (id, tenant, user_id, sealed_refresh_token, created_at, next_attempt_at)
            select $3, $1, $2, $4, clock_timestamp(), clock_timestamp() + interval '1 minute'
             where not exists (select 1 from connection where tenant = $1 and user_id = $2)
            returning id, tenant, user_id, sealed_refresh_token, false
            """;

    /**
     * The pause doubles, up to an hour. Skips users who have connected again: a revocation might end their
     * new grant.
     */
    private static final String CLAIM = """
            update revocation
               set next_attempt_at = clock_timestamp() + least(interval '1 hour', clock_timestamp() - created_at)
             where id = any (array(
                    select id from revocation
                     where next_attempt_at < now() order by next_attempt_at limit %d for update skip locked))
            returning id, tenant, user_id, sealed_refresh_token,
                      exists (select 1 from connection
                               where tenant = revocation.tenant and user_id = revocation.user_id)
            """.formatted(BATCH);

    private static final String DONE = "delete from revocation where id = $1";

    private final Postgres postgres;
    private final TokenSealer sealer;
    private final AuthorizationServer authorizationServer;

    Revocations(Postgres postgres, TokenSealer sealer, AuthorizationServer authorizationServer) {
        this.postgres = postgres;
        this.sealer = sealer;
        this.authorizationServer = authorizationServer;
    }

    Uni<Void> erase(User user) {
        return postgres.execute(ERASE, Tuple.of(user.tenant(), user.id(), UUID.randomUUID()))
                .flatMap(notes -> revokeAll(notes, () -> true));
    }

    /** Revokes tokens whose connection was disconnected before they were stored. */
    Uni<Void> revokeOrphaned(User user, TokenResponse tokens) {
        if (tokens.refreshToken() == null) {
            return Uni.createFrom().voidItem();
        }
        Buffer token = Buffer.buffer(sealer.refreshToken(tokens.refreshToken(), user));
        var note = Tuple.of(user.tenant(), user.id(), UUID.randomUUID(), token);
        return Postgres.persistently(postgres.execute(ADD, note)).flatMap(notes -> revokeAll(notes, () -> true));
    }

    /** Retries the due revocations. Notes expire after a week. */
    @Override
    public Uni<Boolean> run(BooleanSupplier mayGoOn) {
        return Expiry.delete(postgres, "revocation", "id", EXPIRED, mayGoOn)
                .flatMap(deleted -> Expiry.inBatches(BATCH, () -> retry(mayGoOn), mayGoOn));
    }

    private Uni<Integer> retry(BooleanSupplier mayGoOn) {
        return postgres.execute(CLAIM).call(notes -> revokeAll(notes, mayGoOn)).map(SqlResult::size);
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
