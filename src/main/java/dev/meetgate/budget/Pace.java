package dev.meetgate.budget;

import java.time.Duration;

/**
 * What a limit of so many requests in a second comes to, in nanoseconds.
 *
 * <p>No second of GoTo's is to see more than {@code limit + 2}, also when calls arrive at other distances than they were let go. So
 * slots come at a pace of {@code limit + 2 - spare}, and a call may be off by as long as {@code spare} slots last: an eighth of that
 * when slots are taken that have just passed ({@link #credit}), a quarter until they are used ({@link #patience}), and the rest on
 * the way to GoTo.
 *
 * @param limit at the default of 8, slots are 125 ms apart, and on the way a call may lose 156 ms on the next one
 */
record Pace(int limit) {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    /** How far ahead a replica takes slots, so that one with many calls leaves room for the others. */
    private static final long FURTHEST = Duration.ofMillis(125).toNanos();

    private int spare() {
        return Math.max(2, limit / 10);
    }

    /** From one slot to the next. */
    long interval() {
        return SECOND / (limit + 2 - spare());
    }

    /** How old a slot may be when it is taken, so that a call need not wait for the database to answer. */
    long credit() {
        return interval() * spare() / 8;
    }

    /** How much older a slot may be when it is used. */
    long patience() {
        return interval() * spare() / 4;
    }

    boolean isTooOld(Slot slot, long now) {
        return now - slot.from() > credit() + patience();
    }

    /** How many slots a replica has at most. */
    int mostAtOnce() {
        return (int) Math.max(1, FURTHEST / interval());
    }

    /** How many slots are taken at most for calls that are only expected: as many as there are until they are too old. */
    int mostExpected() {
        return spare() / 4;
    }
}
