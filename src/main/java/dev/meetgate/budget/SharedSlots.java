package dev.meetgate.budget;

import dev.meetgate.database.Postgres;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;

/**
 * The time line of slots that all replicas share: one row, by the database's clock.
 *
 * <ol>
 *   <li>Each slot is reserved once, by a conditional update without session or transaction.
 *   <li>Slots are one interval of the {@link Pace} apart, or more after a 429.
 *   <li>Unused slots are lost, except those within {@link Pace#credit}.
 * </ol>
 *
 * <p>Each process makes one reservation at a time.
 */
@Singleton
class SharedSlots {

    /** The time from standstill to full speed, with constant acceleration. */
    private static final Duration RECOVERY = Duration.ofSeconds(20);

    private static final double SLOWEST = 0.125;

    private static final String SPEED =
            "greatest(%s, least(1, 1 - extract(epoch from full_speed_at - clock_timestamp())::float8 / %d))"
                    .formatted(SLOWEST, RECOVERY.toSeconds());

    private static final String RESERVE = """
            update goto_budget
               set next_slot = greatest(next_slot, paused_until, clock_timestamp() + $1 * interval '1 microsecond')
                               + $2 * interval '1 microsecond' / %1$s
             where id = 1
            returning next_slot, clock_timestamp(), %1$s
            """.formatted(SPEED);

    private static final String SLOW_DOWN = """
            update goto_budget
               set paused_until = greatest(paused_until, clock_timestamp() + $1 * interval '1 microsecond'),
                   full_speed_at = greatest(full_speed_at, clock_timestamp() + $1 * interval '1 microsecond'
                                                      + $2 * interval '1 microsecond')
             where id = 1
            returning greatest(next_slot, paused_until)
            """;

    private final Postgres postgres;
    private final Pace pace;
    private final DatabaseClock clock = new DatabaseClock();

    /** Duration of the last reservation. Slots that start earlier would be past when the answer arrives. */
    private volatile long delay;

    SharedSlots(Postgres postgres, BudgetConfig config) {
        this.postgres = postgres;
        this.pace = new Pace(config.requestsPerSecond());
    }

    Pace pace() {
        return pace;
    }

    /** Reserves the next free slots that are still usable when the answer arrives. */
    Uni<SlotRange> reserve(int slots) {
        return Uni.createFrom().deferred(() -> {
            long asked = System.nanoTime();
            return postgres.execute(RESERVE, Tuple.of(micros(delay - pace.credit()), micros(slots * pace.interval())))
                    .map(rows -> range(slots, asked, rows.iterator().next()));
        });
    }

    private SlotRange range(int slots, long asked, Row row) {
        long answered = System.nanoTime();
        Instant taken = row.getOffsetDateTime(1).toInstant();
        clock.saw(taken, asked, answered);
        delay = answered - clock.nanoTime(taken);
        double speed = row.getDouble(2);
        return new SlotRange(end(row), (long) (pace.interval() / speed), slots, speed);
    }

    /**
     * Blocks all slots until the pause is over, then halves the speed. Several 429s at one speed count once.
     *
     * @return the start of the next free slots, by {@link System#nanoTime}
     */
    Uni<Long> slowDown(double speed, Duration pause) {
        double slower = Math.max(SLOWEST, speed / 2);
        return postgres.execute(SLOW_DOWN, Tuple.of(micros(pause.toNanos()), micros(RECOVERY.toNanos()) * (1 - slower)))
                .map(rows -> end(rows.iterator().next()));
    }

    private long end(Row row) {
        return clock.nanoTime(row.getOffsetDateTime(0).toInstant());
    }

    private static double micros(long nanos) {
        return nanos / 1000.0;
    }
}
