package dev.meetgate.budget;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What the database's clock says, in terms of {@link System#nanoTime}: as exact as half of the quickest round trip of late. So it
 * stays exact while the database is slow.
 */
final class DatabaseClock {

    /** How much less a round trip is worth for each of its age: more than clocks ever drift apart. */
    private static final long AGEING = 1000;

    private long asked;
    private long answered;
    private long offset;
    private boolean knows;

    /** The database read its clock somewhere between the two. */
    synchronized void saw(Instant reading, long askedAt, long answeredAt) {
        long read = nanos(reading);
        if (!knows || isBetter(askedAt, answeredAt) || read + offset < askedAt || read + offset > answeredAt) {
            asked = askedAt;
            answered = answeredAt;
            offset = askedAt + (answeredAt - askedAt) / 2 - read;
            knows = true;
        }
    }

    synchronized long nanoTime(Instant databaseTime) {
        return nanos(databaseTime) + offset;
    }

    private boolean isBetter(long askedAt, long answeredAt) {
        return answeredAt - askedAt <= answered - asked + (answeredAt - answered) / AGEING;
    }

    private static long nanos(Instant time) {
        return ChronoUnit.NANOS.between(Instant.EPOCH, time);
    }
}
