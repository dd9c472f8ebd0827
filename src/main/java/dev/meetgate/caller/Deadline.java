package dev.meetgate.caller;

import java.time.Duration;

/** The time at which a caller stops waiting, by {@link System#nanoTime}. */
public record Deadline(long at) {

    /** The remaining time, at least 1 ms because timers require it. */
    public Duration left() {
        return Duration.ofNanos(Math.max(1, at - System.nanoTime()));
    }

    public boolean isBefore(long nanoTime) {
        return at - nanoTime < 0;
    }
}
