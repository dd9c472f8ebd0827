package dev.meetgate.caller;

import java.time.Duration;

/** The time at which a caller stops waiting, by {@link System#nanoTime}. */
public record Deadline(long at) {

    private static final long SHORTEST = Duration.ofMillis(1).toNanos();
    private static final long PART = Duration.ofMillis(20).toNanos();

    /** The remaining time, at least 1 ms because timers require it. */
    public Duration left() {
        return Duration.ofNanos(Math.max(SHORTEST, at - System.nanoTime()));
    }

    /** The time for a part of the call that must say why it fails before the whole call does. */
    public Duration leftForAPart() {
        return Duration.ofNanos(Math.max(SHORTEST, left().toNanos() - PART));
    }

    public boolean hasTimeForAPart() {
        return leftForAPart().toNanos() > SHORTEST;
    }

    public boolean isBefore(long nanoTime) {
        return at - nanoTime < 0;
    }
}
