package dev.meetgate.vault;

import dev.meetgate.caller.User;
import dev.meetgate.secret.Secret;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The right to spend a generation's refresh token for a limited time. Each attempt is its own owner. The
 * outcome is unknown if the token was sent before without a stored answer.
 */
record Lease(
        UUID owner,
        UUID connection,
        User user,
        Account account,
        List<String> scopes,
        long generation,
        @Nullable Secret refreshToken,
        boolean outcomeUnknown) {

    /** What others see of a lease: how long it lasts, and whether its owner is silent or GoTo has failed. */
    record Seen(State state, Duration left) {}

    enum State {
        AT_WORK,
        SILENT,
        RESTING
    }

    /** Longer than a token request and the storing of its answer, unless the database is unavailable. */
    static final Duration DURATION = Duration.ofSeconds(30);
}
