package dev.meetgate.budget;

/** How many calls to expect within a period: as many as there were in the last one. */
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
