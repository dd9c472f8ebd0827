package dev.meetgate.vault;

import dev.meetgate.caller.User;
import dev.meetgate.secret.Secret;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The right to spend the refresh token of one generation, for a bounded time.
 *
 * @param owner this attempt, not this process: a process that lost a lease does not write with its next one
 * @param outcomeUnknown the same refresh token was sent before, and no answer was stored
 */
record Lease(
        UUID owner,
        UUID connection,
        User user,
        long generation,
        @Nullable Secret refreshToken,
        boolean outcomeUnknown) {

    /** Longer than a token request and the storing of its answer take, so that whoever is still at it still owns it: unless the database is away. */
    static final Duration DURATION = Duration.ofSeconds(30);
}
