package dev.meetgate.vault;

import dev.meetgate.Postgres;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
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
            deletion("connect_link", "link_hash", "expires_at", "0"),
            deletion("authorization_request", "state_hash", "expires_at", "0"),
            deletion("idempotency_key", "attempt", "expires_at", "0"),
            deletion("known_meeting", "id", "expires_at", "0"),
            deletion("revocation", "id", "created_at", "7 days"));

    private final Postgres postgres;

    Expiry(Postgres postgres) {
        this.postgres = postgres;
    }

    /** The order and the array keep PostgreSQL to the indexes, however much of the table has expired. */
    private static String deletion(String table, String key, String since, String patience) {
        return """
                delete from %1$s where %2$s = any (array(
                    select %2$s from %1$s where %3$s < now() - interval '%4$s'
                     order by %3$s limit %5$d for update skip locked))
                """.formatted(table, key, since, patience, BATCH);
    }

    /**
     * Deletes, as long as that may go on.
     *
     * @return whether that was all, but for what others are deleting
     */
    Uni<Boolean> run(BooleanSupplier mayGoOn) {
        return Multi.createFrom()
                .iterable(DELETIONS)
                .onItem()
                .transformToUniAndConcatenate(deletion -> delete(deletion, mayGoOn))
                .collect()
                .asList()
                .map(done -> !done.contains(false));
    }

    private Uni<Boolean> delete(String deletion, BooleanSupplier mayGoOn) {
        if (!mayGoOn.getAsBoolean()) {
            return Uni.createFrom().item(false);
        }
        return postgres.execute(deletion)
                .flatMap(deleted ->
                        deleted.rowCount() < BATCH ? Uni.createFrom().item(true) : delete(deletion, mayGoOn));
    }
}
