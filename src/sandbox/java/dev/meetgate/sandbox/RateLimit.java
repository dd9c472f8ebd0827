package dev.meetgate.sandbox;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** Lets so many requests through in any rolling second. Those that it turns away do not count. */
final class RateLimit {

    private final Deque<Instant> admitted = new ArrayDeque<>();

    boolean admits(int requestsPerSecond, Instant now) {
        admitted.removeIf(earlier -> !earlier.isAfter(now.minusSeconds(1)));
        if (admitted.size() >= requestsPerSecond) {
            return false;
        }
        admitted.add(now);
        return true;
    }
}
