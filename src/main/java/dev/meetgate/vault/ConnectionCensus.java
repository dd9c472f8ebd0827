package dev.meetgate.vault;

import dev.meetgate.database.Postgres;
import dev.meetgate.upkeep.Chore;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.annotation.Priority;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.stream.StreamSupport;

/** Counts the connections of the deployment by status and reason, for the metrics of this replica. */
@Singleton
@Priority(Chore.QUICK)
class ConnectionCensus implements Chore {

    /** Reads an index for the many, and rows only for those that ended. */
    private static final String COUNT = """
            select 'CONNECTED', 'none', count(*) from connection where status = 'CONNECTED'
            union all
            select status, coalesce(reason, 'none'), count(*) from connection where status <> 'CONNECTED' group by 1, 2
            """;

    private static final long SHORTEST_PAUSE = Duration.ofSeconds(10).toNanos();

    /** So that counting takes at most a hundredth of a database connection. */
    private static final int PAUSE_BY_DURATION = 100;

    private final Postgres postgres;
    private final MultiGauge connections;
    private volatile long notBefore = System.nanoTime();

    ConnectionCensus(Postgres postgres, MeterRegistry metrics) {
        this.postgres = postgres;
        this.connections = MultiGauge.builder("meetgate.connections")
                .description("Connections of the whole deployment, by status and reason")
                .register(metrics);
    }

    @Override
    public Uni<Boolean> run(BooleanSupplier mayGoOn) {
        long begin = System.nanoTime();
        if (begin - notBefore < 0) {
            return Uni.createFrom().item(true);
        }
        return postgres.execute(COUNT).invoke(this::show).map(counted -> {
            long end = System.nanoTime();
            notBefore = end + Math.max(SHORTEST_PAUSE, PAUSE_BY_DURATION * (end - begin));
            return true;
        });
    }

    private void show(RowSet<Row> counts) {
        connections.register(
                StreamSupport.stream(counts.spliterator(), false)
                        .map(count -> MultiGauge.Row.of(
                                Tags.of("status", count.getString(0), "reason", count.getString(1)), count.getLong(2)))
                        .toList(),
                true);
    }
}
