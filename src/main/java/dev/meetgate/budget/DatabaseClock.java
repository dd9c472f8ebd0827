package dev.meetgate.budget;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What the database's clock says, in terms of {@link System#nanoTime}. Every round trip tells between which two moments it was
 * read; together they tell it to within half of the quickest one of late, and so it stays exact while the database is slow.
 */
final class DatabaseClock {

    /** What was known is worth less after some time: more of it than clocks ever drift apart. */
    private static final long DRIFT = 1000;

    private long earliest = Long.MIN_VALUE / 2;
    private long latest = Long.MAX_VALUE / 2;
    private long seenAt;

    /** The database read its clock somewhere between the two. */
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
