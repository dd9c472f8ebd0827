package dev.meetgate.caller;

import java.time.Duration;

/**
 * When a caller waits no longer.
 *
 * @param at by {@link System#nanoTime}
 */
public record Deadline(long at) {

    /** A moment at least, as timers want it. */
    public Duration left() {
        return Duration.ofNanos(Math.max(1, at - System.nanoTime()));
    }

    public boolean isBefore(long nanoTime) {
        return at - nanoTime < 0;
    }
}
