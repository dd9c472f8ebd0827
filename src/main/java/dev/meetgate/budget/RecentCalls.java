package dev.meetgate.budget;

/** Predicts the calls of a period from those of the previous period. */
final class RecentCalls {

    private final long period;
    private long begin;
    private int before;
    private int now;

    RecentCalls(long period) {
        this.period = period;
    }

    void count(int calls, long nanoTime) {
        turnTo(nanoTime);
        now += calls;
    }

    int calls(long nanoTime) {
        turnTo(nanoTime);
        return before;
    }

    private void turnTo(long nanoTime) {
        long periods = Math.floorDiv(nanoTime - begin, period);
        if (periods != 0) {
            before = periods == 1 ? now : 0;
            now = 0;
            begin += periods * period;
        }
    }
}
