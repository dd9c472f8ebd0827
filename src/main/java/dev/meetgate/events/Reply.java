package dev.meetgate.events;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What came of an attempt.
 *
 * @param status the status of the receiver's answer, or null if there was none
 * @param problem why it does not count as delivered, or null if it does
 * @param retryAfter how long the receiver wants nothing
 */
record Reply(
        @Nullable Integer status,
        @Nullable String problem,
        @Nullable Duration retryAfter) {

    static final String GONE = "gone";

    static Reply answered(int status, @Nullable Duration retryAfter) {
        boolean isSlowingDown = status == 429 || status == 503;
        String problem = status / 100 == 2 ? null : status == 410 ? GONE : status / 100 == 3 ? "redirect" : "status";
        return new Reply(status, problem, isSlowingDown ? retryAfter : null);
    }

    static Reply failed(String problem) {
        return new Reply(null, problem, null);
    }

    boolean isDelivered() {
        return problem == null;
    }
}
