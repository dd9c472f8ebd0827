package dev.meetgate.budget;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Estimates the offset of the database's clock, as NTP does: each round trip bounds it from both sides, and
 * recent bounds are intersected.
 */
final class DatabaseClock {

    /** Old bounds widen by a thousandth of their age, which is more than clocks drift. */
    private static final long DRIFT = 1000;

    private long earliest = Long.MIN_VALUE / 2;
    private long latest = Long.MAX_VALUE / 2;
    private long seenAt;

    synchronized void saw(Instant reading, long askedAt, long answeredAt) {
        long drift = Math.abs(answeredAt - seenAt) / DRIFT;
        long from = askedAt - nanos(reading);
        long to = answeredAt - nanos(reading);
        boolean wasSet = from > latest + drift || to < earliest - drift;
        earliest = wasSet ? from : Math.max(from, earliest - drift);
        latest = wasSet ? to : Math.min(to, latest + drift);
        seenAt = answeredAt;
    }

    synchronized long nanoTime(Instant databaseTime) {
        return nanos(databaseTime) + earliest + (latest - earliest) / 2;
    }

    private static long nanos(Instant time) {
        return ChronoUnit.NANOS.between(Instant.EPOCH, time);
    }
}
