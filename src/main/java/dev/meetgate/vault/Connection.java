package dev.meetgate.vault;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connection as our API shows it: everything but the tokens.
 *
 * @param reason why a reconnect is required
 * @param generation counts the token sets that this connection has had
 */
public record Connection(
        String user,
        Status status,
        @Nullable Reason reason,
        Account account,
        List<String> scopes,
        Instant connectedAt,
        Instant refreshedAt,
        Instant accessTokenExpiresAt,
        long generation) {

    public enum Status {
        CONNECTED,
        RECONNECT_REQUIRED
    }

    public enum Reason {
        /** GoTo refused the refresh token. */
        REVOKED,
        /** The access token expired and there is no refresh token. */
        EXPIRED,
        /** A refresh token was sent, its answer was lost, and GoTo honours the old one no longer. */
        OUTCOME_UNKNOWN,
        /** The user granted less than was asked for. */
        SCOPE_MISSING
    }
}
