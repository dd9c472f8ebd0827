package dev.meetgate.vault;

import dev.meetgate.caller.User;
import java.time.Duration;
import java.time.Instant;

/**
 * What a connection's current generation of tokens lets us call with.
 *
 * @param refreshable whether there is a refresh token, which stays in the repository until it is spent
 * @param leased whether somebody is refreshing them now
 */
record TokenSet(
        User user,
        AccessToken accessToken,
        boolean refreshable,
        boolean leased,
        Instant refreshedAt,
        Instant expiresAt) {

    private static final Duration MARGIN = Duration.ofMinutes(1);

    /** Whether to refresh before the call: a minute before expiry, or a fifth of the lifetime where that is less. */
    boolean staleAt(Instant now) {
        if (!refreshable) {
            return !now.isBefore(expiresAt);
        }
        Duration fifth = Duration.between(refreshedAt, expiresAt).dividedBy(5);
        return !now.isBefore(expiresAt.minus(fifth.compareTo(MARGIN) < 0 ? fifth : MARGIN));
    }

    long generation() {
        return accessToken.generation();
    }
}
