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
 *   <li>A slot is taken once. To take some is one conditional update, with neither session nor transaction around it.
 *   <li>Slots are an interval of the {@link Pace} apart, or more while GoTo has had too much.
 *   <li>Slots that nobody takes are lost, but for those of the last moment, the {@link Pace#credit}.
 * </ol>
 *
 * <p>One reservation of a process is under way at a time.
 */
@Singleton
class SharedSlots {

    /** How long it takes from standing still to full speed, at an even rate. */
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

    /** How long the last answer was on its way: slots that begin earlier are past when it is here. */
    private volatile long delay;

    SharedSlots(Postgres postgres, BudgetConfig config) {
        this.postgres = postgres;
        this.pace = new Pace(config.requestsPerSecond());
    }

    Pace pace() {
        return pace;
    }

    /** Takes the next slots that are free and can still be used when the answer is here. */
    Uni<SlotRange> reserve(int slots) {
        return Uni.createFrom().deferred(() -> {
            long asked = System.nanoTime();
            return postgres.execute(RESERVE, Tuple.of(micros(delay - pace.credit()), micros(slots * pace.interval())))
                    .map(rows -> slice(slots, asked, rows.iterator().next()));
        });
    }

    private SlotRange slice(int slots, long asked, Row row) {
        long answered = System.nanoTime();
        Instant taken = row.getOffsetDateTime(1).toInstant();
        clock.saw(taken, asked, answered);
        delay = answered - clock.nanoTime(taken);
        double speed = row.getDouble(2);
        return new SlotRange(end(row), (long) (pace.interval() / speed), slots, speed);
    }

    /**
     * Nobody takes a slot of the time until the pause is over, and then they are twice as far apart as that one was which proved to
     * be too much. However many of one speed did, that is one slowing down.
     *
     * @return where the next free slots are, by {@link System#nanoTime}
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
