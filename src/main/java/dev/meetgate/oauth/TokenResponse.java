package dev.meetgate.oauth;

import dev.meetgate.secret.Secret;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A token response (RFC 6749 §5.1).
 *
 * @param refreshToken null if the previous one stays valid
 * @param expiresAt by the local clock, at most a day ahead
 * @param scopes the granted scopes; null if they equal the requested or previous ones
 * @param principal the e-mail address of the GoTo user, a member specific to GoTo
 */
public record TokenResponse(
        Secret accessToken,
        @Nullable Secret refreshToken,
        Instant expiresAt,
        @Nullable Set<String> scopes,
        @Nullable String principal) {}
