package dev.meetgate.events;

import java.time.Duration;
import java.time.OffsetDateTime;

/**
 * An attempt to send an event.
 *
 * @param begun tells it from the attempts after a redelivery, whose numbers begin anew
 * @param claimedAt by {@link System#nanoTime}, not later than {@code begun}
 */
record SendingAttempt(long event, int number, OffsetDateTime begun, Event content, long claimedAt) {

    /** Longer than an attempt and the storing of its outcome. */
    static final Duration LEASE = Duration.ofSeconds(45);

    /** What is sent later than this after its claim might still be under way when it is claimed again. */
    private static final Duration LATEST_SENDING =
            LEASE.minus(Receivers.LONGEST).minusSeconds(1);

    /** Whether its claim took so long that another replica may repeat it before it ends. */
    boolean isLate() {
        return System.nanoTime() - claimedAt > LATEST_SENDING.toNanos();
    }
}
