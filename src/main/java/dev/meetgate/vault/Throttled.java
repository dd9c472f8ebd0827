package dev.meetgate.vault;

import java.time.Duration;

/** GoTo has had too many requests (429), and so did not execute this one. */
final class Throttled extends RuntimeException {

    private final Duration retryAfter;

    Throttled(Duration retryAfter) {
        super("GoTo takes no more requests for " + retryAfter);
        this.retryAfter = retryAfter;
    }

    Duration retryAfter() {
        return retryAfter;
    }
}
