package dev.meetgate.vault;

import dev.meetgate.caller.User;
import dev.meetgate.database.Postgres;
import dev.meetgate.problem.Failure;
import io.quarkus.logging.Log;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/**
 * Refreshes connections that nobody has used for long: a refresh token ages, and GoTo forgets one that is not spent within a month.
 *
 * <p>One after the other, with a pause, the longest idle first; so a thousand that come due together are no stampede. That several
 * replicas do this at once does no harm: {@link TokenRefresh} refreshes each generation once.
 */
@Singleton
class KeepAlive {

    private static final Duration PAUSE = Duration.ofMillis(100);

    /** Leased ones are being refreshed already. */
    private static final String IDLE = """
            select refreshed_at, id, tenant, user_id, generation from connection
             where status = 'CONNECTED' and sealed_refresh_token is not null and refreshed_at < $1
               and (refreshed_at, id) > ($2, $3) and (lease_until is null or lease_until < clock_timestamp())
             order by refreshed_at, id limit 50
            """;

    @ConfigMapping(prefix = "meetgate")
    interface KeepAliveConfig {

        /** After how long without a refresh a connection is refreshed. */
        @WithDefault("7d")
        Duration refreshIdleAfter();
    }

    /** Where in the order of idleness we are, and whether all before it were refreshed. */
    private record Progress(OffsetDateTime refreshedAt, UUID id, boolean complete) {

        static final Progress NONE = new Progress(Instant.EPOCH.atOffset(ZoneOffset.UTC), new UUID(0, 0), true);

        static Progress at(Row row, boolean refreshed) {
            return new Progress(row.getOffsetDateTime(0), row.getUUID(1), refreshed);
        }

        /** Whence a run may go on that knows nothing of those before, where there are any. */
        Progress resumed() {
            return equals(NONE) ? NONE : new Progress(refreshedAt, id, false);
        }

        Progress then(Progress next) {
            return new Progress(next.refreshedAt, next.id, complete && next.complete);
        }
    }

    private final Postgres postgres;
    private final TokenRefresh refresh;
    private final KeepAliveConfig config;

    /** Where the next run begins: after what the last one came to, if it had to stop. */
    private volatile Progress next = Progress.NONE;

    KeepAlive(Postgres postgres, TokenRefresh refresh, KeepAliveConfig config) {
        this.postgres = postgres;
        this.refresh = refresh;
        this.config = config;
    }

    /**
     * Refreshes what is due, as long as that may go on. What cannot be refreshed does not keep the others waiting.
     *
     * @return whether all of it was refreshed, or turned out to have ended
     */
    Uni<Boolean> run(BooleanSupplier mayGoOn) {
        return from(next, () -> mayGoOn.getAsBoolean() && refresh.canRefresh());
    }

    private Uni<Boolean> from(Progress progress, BooleanSupplier mayGoOn) {
        var due = Instant.now().minus(config.refreshIdleAfter()).atOffset(ZoneOffset.UTC);
        return postgres.execute(IDLE, due, progress.refreshedAt(), progress.id())
                .flatMap(rows -> refreshAll(rows, progress, mayGoOn).flatMap(reached -> {
                    if (rows.size() == 0) {
                        next = Progress.NONE;
                        return Uni.createFrom().item(reached.complete());
                    }
                    if (!mayGoOn.getAsBoolean()) {
                        next = reached.resumed();
                        return Uni.createFrom().item(false);
                    }
                    return from(reached, mayGoOn);
                }));
    }

    private Uni<Progress> refreshAll(RowSet<Row> rows, Progress progress, BooleanSupplier mayGoOn) {
        return Multi.createFrom()
                .iterable(rows)
                .select()
                .first(row -> mayGoOn.getAsBoolean())
                .onItem()
                .transformToUniAndConcatenate(row -> refresh(row).map(refreshed -> Progress.at(row, refreshed)))
                .onItem()
                .scan(() -> progress, Progress::then)
                .collect()
                .last();
    }

    private Uni<Boolean> refresh(Row row) {
        var user = new User(row.getString(2), row.getString(3));
        return refresh.newerThan(user, row.getLong(4))
                .replaceWith(true)
                .onFailure(KeepAlive::isEnd)
                .recoverWithItem(true)
                .onFailure()
                .recoverWithItem(failure -> {
                    Log.warnf("an idle connection of tenant %s is refreshed later: %s", user.tenant(), failure);
                    return false;
                })
                .onItem()
                .delayIt()
                .by(PAUSE);
    }

    private static boolean isEnd(Throwable failure) {
        return failure instanceof Failure.ReconnectRequired || failure instanceof Failure.NotConnected;
    }
}
