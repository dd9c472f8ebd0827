package dev.meetgate.vault;

import dev.meetgate.caller.User;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The tokens of a connection's current generation, and the lease on them while there is one. */
record TokenSet(
        User user, AccessToken accessToken, Lease.@Nullable Seen lease, Instant refreshedAt, Instant expiresAt) {

    private static final Duration MARGIN = Duration.ofMinutes(1);

    /** A minute before expiry, or a fifth of the lifetime if that is less. */
    boolean staleAt(Instant now) {
        if (!accessToken.refreshable()) {
            return !now.isBefore(expiresAt);
        }
        Duration fifth = Duration.between(refreshedAt, expiresAt).dividedBy(5);
        return !now.isBefore(expiresAt.minus(fifth.compareTo(MARGIN) < 0 ? fifth : MARGIN));
    }

    long generation() {
        return accessToken.generation();
    }
}
