package dev.meetgate.budget;

import java.time.Duration;

/**
 * Times derived from the limit of requests per second, in nanoseconds.
 *
 * <p>GoTo must not receive more than {@code limit + 2} requests in a second, even with network jitter. Slots
 * have the rate {@code limit + 2 - spare}; each call may be late by the length of {@code spare} slots. An
 * eighth of that allows reserving past slots ({@link #credit}), a quarter allows late use
 * ({@link #patience}), and the rest covers the network.
 *
 * @param limit with the default of 8, slots are 125 ms apart and the network may add 156 ms
 */
record Pace(int limit) {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    /** How far ahead one replica reserves slots. The bound leaves slots for the other replicas. */
    private static final long FURTHEST = Duration.ofMillis(125).toNanos();

    private int spare() {
        return Math.max(2, limit / 10);
    }

    long interval() {
        return SECOND / (limit + 2 - spare());
    }

    /** The maximum age of a slot when it is reserved, so that a call need not wait for the database. */
    long credit() {
        return interval() * spare() / 8;
    }

    long patience() {
        return interval() * spare() / 4;
    }

    boolean isTooOld(Slot slot, long now) {
        return now - slot.from() > credit() + patience();
    }

    int mostAtOnce() {
        return (int) Math.max(1, FURTHEST / interval());
    }

    /** The maximum number of slots reserved for expected calls: later ones would expire before use. */
    int mostExpected() {
        return spare() / 4;
    }
}
