package dev.meetgate.vault;

import dev.meetgate.database.Postgres;
import dev.meetgate.database.Rows;
import dev.meetgate.reactive.CallersContext;
import dev.meetgate.reactive.Detached;
import dev.meetgate.reactive.SingleFlight;
import dev.meetgate.upkeep.Chore;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Counts the connections of the deployment, for the metrics of this replica and for the console. */
@Singleton
@Priority(Chore.QUICK)
public class ConnectionCensus implements Chore {

    /** How many connections of a tenant have this status. */
    public record Count(String tenant, Connection.Status status, Connection.@Nullable Reason reason, long number) {}

    /** All counts of one moment. */
    public record Census(Instant at, List<Count> counts) {}

    private static final String COUNT =
            "select tenant, status, reason, count(*) from connection group by tenant, status, reason";

    /** How long somebody who looks at a page waits for a newer count. */
    private static final Duration PATIENCE = Duration.ofMillis(80);

    private static final long SHORTEST_PAUSE = Duration.ofSeconds(10).toNanos();

    private static final long SHORTEST_PAUSE_OF_PAGES = Duration.ofSeconds(1).toNanos();

    /** So that counting takes at most a hundredth of a database connection. */
    private static final int PAUSE_BY_DURATION = 100;

    private final Postgres postgres;
    private final MultiGauge connections;
    private final SingleFlight<Class<Census>, Census> counting;
    private final Vertx vertx;
    private volatile @Nullable Census last;
    private volatile long ended = System.nanoTime() - SHORTEST_PAUSE;
    private volatile long duration;

    ConnectionCensus(Postgres postgres, MeterRegistry metrics, Detached detached, Vertx vertx) {
        this.postgres = postgres;
        this.vertx = vertx;
        this.counting = new SingleFlight<>(detached);
        this.connections = MultiGauge.builder("meetgate.connections")
                .description("Connections of the whole deployment, by status and reason")
                .register(metrics);
    }

    @Override
    public Uni<Boolean> run(BooleanSupplier mayGoOn) {
        return isDue(SHORTEST_PAUSE)
                ? count().replaceWith(true)
                : Uni.createFrom().item(true);
    }

    /**
     * The last count, or a newer one where that is due and does not take long. Null if the first one is under
     * way.
     */
    public Uni<@Nullable Census> census() {
        if (!isDue(SHORTEST_PAUSE_OF_PAGES)) {
            return Uni.createFrom().item(last);
        }
        return count().<@Nullable Census>map(census -> census)
                .ifNoItem()
                .after(PATIENCE)
                .recoverWithItem(() -> last)
                .emitOn(CallersContext.of(vertx));
    }

    private boolean isDue(long shortest) {
        return System.nanoTime() - ended >= Math.max(shortest, PAUSE_BY_DURATION * duration);
    }

    private Uni<Census> count() {
        return counting.join(Census.class, () -> {
            long begin = System.nanoTime();
            return postgres.execute(COUNT)
                    .map(rows -> new Census(
                            Instant.now(),
                            Rows.all(
                                    rows,
                                    row -> new Count(
                                            row.getString(0),
                                            Connection.Status.valueOf(row.getString(1)),
                                            row.getString(2) == null
                                                    ? null
                                                    : Connection.Reason.valueOf(row.getString(2)),
                                            row.getLong(3)))))
                    .invoke(census -> {
                        last = census;
                        ended = System.nanoTime();
                        duration = ended - begin;
                        show(census);
                    });
        });
    }

    private void show(Census census) {
        Map<Tags, Long> sums = census.counts().stream()
                .collect(Collectors.groupingBy(ConnectionCensus::tags, Collectors.summingLong(Count::number)));
        sums.putIfAbsent(Tags.of("status", Connection.Status.CONNECTED.name(), "reason", "none"), 0L);
        connections.register(
                sums.entrySet().stream()
                        .map(sum -> MultiGauge.Row.of(sum.getKey(), sum.getValue()))
                        .toList(),
                true);
    }

    private static Tags tags(Count count) {
        Connection.Reason reason = count.reason();
        return Tags.of("status", count.status().name(), "reason", reason == null ? "none" : reason.name());
    }
}
