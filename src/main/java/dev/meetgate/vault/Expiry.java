package dev.meetgate.vault;

import dev.meetgate.database.Postgres;
import dev.meetgate.problem.Failure;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlResult;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Deletes what has expired: connect links, attempts to connect, idempotency keys, what was known of meetings, and what GoTo has not let
 * us revoke for a week.
 */
@Singleton
class Expiry {

    private static final int BATCH = 200;

    private static final List<String> DELETIONS = List.of(
            deletion("connect_link", "link_hash"),
            deletion("authorization_request", "state_hash"),
            deletion("idempotency_key", "attempt"),
            deletion("known_meeting", "id"),
            """
            delete from revocation where id = any (array(
                select id from revocation where created_at < now() - interval '7 days'
                 order by created_at limit %d for update skip locked))
            """.formatted(BATCH));

    private final Postgres postgres;

    Expiry(Postgres postgres) {
        this.postgres = postgres;
    }

    /** The order and the array keep PostgreSQL to the indexes, however much of the table has expired. */
    private static String deletion(String table, String key) {
        return """
                delete from %1$s where %2$s = any (array(
                    select %2$s from %1$s where expires_at < now() order by expires_at limit %3$d for update skip locked))
                """.formatted(table, key, BATCH);
    }

    /**
     * Deletes, as long as that may go on. What cannot be deleted, though the database is there, does not keep the rest from being so.
     *
     * @return whether that was all, but for what others are deleting
     */
    Uni<Boolean> run(BooleanSupplier mayGoOn) {
        return Multi.createFrom()
                .iterable(DELETIONS)
                .onItem()
                .transformToUniAndConcatenate(deletion -> delete(deletion, mayGoOn)
                        .onFailure(failure -> !(failure instanceof Failure))
                        .recoverWithItem(Upkeep::later))
                .collect()
                .asList()
                .map(done -> !done.contains(false));
    }

    private Uni<Boolean> delete(String deletion, BooleanSupplier mayGoOn) {
        if (!mayGoOn.getAsBoolean()) {
            return Uni.createFrom().item(false);
        }
        return Uni.createFrom()
                .deferred(() -> postgres.execute(deletion).map(SqlResult::rowCount))
                .repeat()
                .whilst(deleted -> deleted == BATCH && mayGoOn.getAsBoolean())
                .collect()
                .last()
                .map(deleted -> deleted < BATCH);
    }
}
