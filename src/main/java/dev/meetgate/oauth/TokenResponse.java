package dev.meetgate.oauth;

import dev.meetgate.secret.Secret;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the token endpoint answered (RFC 6749 §5.1).
 *
 * @param refreshToken absent where the one that was sent stays good
 * @param expiresAt by our clock, within a day
 * @param scopes those granted; absent where the answer names none, which means those asked for, or no change
 * @param principal the e-mail address of the GoTo user, a member of GoTo's own
 */
public record TokenResponse(
        Secret accessToken,
        @Nullable Secret refreshToken,
        Instant expiresAt,
        @Nullable Set<String> scopes,
        @Nullable String principal) {}
