package dev.meetgate.gotoapi;

import dev.meetgate.problem.Failure;
import dev.meetgate.vault.AccessToken;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * What a call has tried so far, and what it tries next.
 *
 * @param refreshed the token of the next attempt, after the rejection of another one
 */
record Tries(int throttlings, int retries, @Nullable AccessToken refreshed) {

    static final Tries NONE = new Tries(0, 0, null);

    private static final int MOST_RETRIES = 2;
    private static final long FIRST_BACKOFF_MILLIS = 100;

    /** The first 429 slows the whole deployment down, so more are unlikely. */
    private static final int MOST_THROTTLINGS = 3;

    /**
     * The next attempt; absent if the failure is the call's. A GET may be repeated, other methods only if
     * GoTo did not execute them.
     */
    @Nullable
    Tries after(Throwable failure, Attempt attempt) {
        if (failure instanceof GoToErrors.TokenRejected rejected) {
            return rejected.refreshed() == null ? null : new Tries(throttlings, retries, rejected.refreshed());
        }
        if (failure instanceof GoToErrors.Throttled) {
            return throttlings == MOST_THROTTLINGS ? null : new Tries(throttlings + 1, retries, refreshed);
        }
        boolean harmless = WireFailures.isUnsent(failure)
                || (attempt.isRead() && failure instanceof Failure.GoToUnavailable && !WireFailures.isRefused(failure));
        return attempt.wasSent() && harmless && retries < MOST_RETRIES
                ? new Tries(throttlings, retries + 1, refreshed)
                : null;
    }

    /** How long to wait before this attempt. The budget itself delays a call after a 429. */
    Duration backoff(Throwable failure) {
        if (failure instanceof GoToErrors.TokenRejected || failure instanceof GoToErrors.Throttled) {
            return Duration.ZERO;
        }
        long longest = FIRST_BACKOFF_MILLIS << retries;
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(longest / 2, longest));
    }
}
