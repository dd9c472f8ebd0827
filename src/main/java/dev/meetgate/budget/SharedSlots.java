package dev.meetgate.budget;

import dev.meetgate.database.Postgres;
import dev.meetgate.database.Rows;
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
 *   <li>A time further ahead than calls can have moved it comes from a clock that was wrong. It counts as
 *       now, and the next reservation overwrites it.
 * </ol>
 *
 * <p>Each process makes one reservation at a time.
 */
@Singleton
class SharedSlots {

    /** A pause of all replicas ends after this time, whatever GoTo says about one account. */
    static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    /** The time from standstill to full speed, with constant acceleration. */
    private static final Duration RECOVERY = Duration.ofSeconds(20);

    private static final double SLOWEST = 0.125;

    /** The slots that forty replicas may have reserved at full speed. */
    private static final Duration FURTHEST = Duration.ofSeconds(5);

    /**
     * The maximum of {@code delay}. A process that waited longer for the database must not push everybody's
     * slots that far ahead.
     */
    private static final long LONGEST_DELAY = Duration.ofSeconds(2).toNanos();

    private static final String PAUSED = notAfter("paused_until", seconds(LONGEST_PAUSE));

    private static final String FULL_SPEED = notAfter("full_speed_at", seconds(LONGEST_PAUSE.plus(RECOVERY)));

    private static final String SPEED =
            "greatest(%s, least(1, 1 - extract(epoch from %s - clock_timestamp())::float8 / %d))"
                    .formatted(SLOWEST, FULL_SPEED, RECOVERY.toSeconds());

    private static final String NEXT = notAfter(
            "next_slot",
            "greatest(clock_timestamp(), %s) - clock_timestamp() + %s / %s"
                    .formatted(PAUSED, seconds(FURTHEST), SPEED));

    private static final String RESERVE = """
            update goto_budget
               set next_slot = greatest(%s, %s, clock_timestamp() + $1 * interval '1 microsecond')
                               + $2 * interval '1 microsecond' / %s,
                   paused_until = %s, full_speed_at = %s
             where id = 1
            returning next_slot, clock_timestamp(), %s
            """.formatted(NEXT, PAUSED, SPEED, PAUSED, FULL_SPEED, SPEED);

    private static final String SLOW_DOWN = """
            update goto_budget
               set paused_until = greatest(%s, clock_timestamp() + $1 * interval '1 microsecond'),
                   full_speed_at = greatest(%s, clock_timestamp() + $1 * interval '1 microsecond'
                                                + $2 * interval '1 microsecond')
             where id = 1
            returning greatest(%s, paused_until), clock_timestamp()
            """.formatted(PAUSED, FULL_SPEED, NEXT);

    private static final String SLOWNESS = """
            select nullif(greatest(%1$s, now()), now()), nullif(greatest(%2$s, now()), now()) from goto_budget where id = 1
            """.formatted(
                    PAUSED.replace("clock_timestamp()", "now()"), FULL_SPEED.replace("clock_timestamp()", "now()"));

    /** The column's time, or now if it is further ahead than calls can have moved it. */
    private static String notAfter(String column, String furthest) {
        return "case when %1$s <= clock_timestamp() + (%2$s) then %1$s else clock_timestamp() end"
                .formatted(column, furthest);
    }

    private static String seconds(Duration duration) {
        return "interval '%d seconds'".formatted(duration.toSeconds());
    }

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
            return postgres.executeForAll(
                            RESERVE, Tuple.of(micros(delay - pace.credit()), micros(slots * pace.interval())))
                    .map(rows -> range(slots, asked, rows.iterator().next()));
        });
    }

    Uni<Slowness> slowness() {
        return postgres.execute(SLOWNESS).map(rows -> {
            Row row = rows.iterator().next();
            return new Slowness(Rows.instant(row.getOffsetDateTime(0)), Rows.instant(row.getOffsetDateTime(1)));
        });
    }

    private SlotRange range(int slots, long asked, Row row) {
        long answered = System.nanoTime();
        Instant taken = read(row);
        clock.saw(taken, asked, answered);
        delay = Math.min(LONGEST_DELAY, answered - clock.nanoTime(taken));
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
        return Uni.createFrom().deferred(() -> {
            long asked = System.nanoTime();
            var values = Tuple.of(micros(pause.toNanos()), micros(RECOVERY.toNanos()) * (1 - slower));
            return postgres.executeForAll(SLOW_DOWN, values)
                    .map(rows -> rows.iterator().next())
                    .invoke(row -> clock.saw(read(row), asked, System.nanoTime()))
                    .map(this::end);
        });
    }

    private long end(Row row) {
        return clock.nanoTime(row.getOffsetDateTime(0).toInstant());
    }

    private static Instant read(Row row) {
        return row.getOffsetDateTime(1).toInstant();
    }

    private static double micros(long nanos) {
        return nanos / 1000.0;
    }
}
