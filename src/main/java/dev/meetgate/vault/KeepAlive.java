package dev.meetgate.vault;

import dev.meetgate.caller.Deadline;
import dev.meetgate.caller.Tenants;
import dev.meetgate.caller.User;
import dev.meetgate.database.Postgres;
import dev.meetgate.problem.Failure;
import dev.meetgate.upkeep.Chore;
import dev.meetgate.upkeep.Expiry;
import io.quarkus.logging.Log;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.annotation.Priority;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/**
 * Refreshes unused connections, because GoTo drops a refresh token that is unused for a month.
 *
 * <p>Refreshes one at a time with a pause, the longest idle first, to spread the load. Several replicas may
 * run this at once, because {@link TokenRefresh} refreshes each generation once.
 */
@Singleton
@Priority(Chore.REFRESH)
class KeepAlive implements Chore {

    private static final int BATCH = 50;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(100);

    /** Leased connections are being refreshed already. Those of removed tenants are of no use. */
    private static final String IDLE = """
            select refreshed_at, id, tenant, user_id, generation from connection
             where status = 'CONNECTED' and sealed_refresh_token is not null and refreshed_at < $1 and tenant = any ($4)
               and (refreshed_at, id) > ($2, $3) and (lease_until is null or lease_until < clock_timestamp())
             order by refreshed_at, id limit %d
            """.formatted(BATCH);

    @ConfigMapping(prefix = "meetgate")
    interface KeepAliveConfig {

        @WithDefault("7d")
        Duration refreshIdleAfter();
    }

    /** The position in the order of idle time, and whether all previous connections were refreshed. */
    private record Progress(OffsetDateTime refreshedAt, UUID id, boolean complete) {

        static final Progress NONE = new Progress(Instant.EPOCH.atOffset(ZoneOffset.UTC), new UUID(0, 0), true);

        static Progress at(Row row, boolean refreshed) {
            return new Progress(row.getOffsetDateTime(0), row.getUUID(1), refreshed);
        }

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
    private final String[] tenants;

    private volatile Progress progress = Progress.NONE;

    KeepAlive(Postgres postgres, TokenRefresh refresh, KeepAliveConfig config, Tenants tenants) {
        this.postgres = postgres;
        this.refresh = refresh;
        this.config = config;
        this.tenants = tenants.names().toArray(String[]::new);
    }

    /**
     * Continues after a failed refresh. Returns whether all idle connections were refreshed or have ended.
     */
    @Override
    public Uni<Boolean> run(BooleanSupplier mayGoOn) {
        BooleanSupplier mayRefresh = () -> mayGoOn.getAsBoolean() && refresh.canRefresh();
        return Expiry.inBatches(BATCH, () -> batch(mayRefresh), mayRefresh).map(this::finished);
    }

    private Uni<Integer> batch(BooleanSupplier mayGoOn) {
        var due = Instant.now().minus(config.refreshIdleAfter()).atOffset(ZoneOffset.UTC);
        Progress reached = progress;
        return postgres.execute(IDLE, due, reached.refreshedAt(), reached.id(), tenants)
                .call(rows -> refreshAll(rows, reached, mayGoOn).invoke(now -> progress = now))
                // Rows that were skipped at the time limit are still due.
                .map(rows -> rows.size() == 0 || mayGoOn.getAsBoolean() ? rows.size() : BATCH);
    }

    /** The next run starts over, or resumes if this one stopped early. */
    private boolean finished(boolean nothingLeft) {
        boolean complete = nothingLeft && progress.complete();
        progress = nothingLeft ? Progress.NONE : progress.resumed();
        return complete;
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
        return refresh.newerThan(user, row.getLong(4), new Deadline(System.nanoTime() + PATIENCE.toNanos()))
                .replaceWith(true)
                .onFailure(KeepAlive::isEnd)
                .recoverWithItem(true)
                .onFailure()
                .recoverWithItem(failure -> {
                    Log.warnf(
                            "An idle connection of tenant %s could not be refreshed and is tried again later: %s",
                            user.tenant(), failure);
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
