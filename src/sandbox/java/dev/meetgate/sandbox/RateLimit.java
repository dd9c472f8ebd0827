package dev.meetgate.sandbox;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** Limits the requests in any rolling second. Rejected requests do not count. */
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
