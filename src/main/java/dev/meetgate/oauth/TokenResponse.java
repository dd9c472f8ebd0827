package dev.meetgate.oauth;

import dev.meetgate.secret.Secret;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A token response (RFC 6749 §5.1). A null refresh token or scopes means no change. */
public record TokenResponse(
        Secret accessToken,
        @Nullable Secret refreshToken,
        Instant expiresAt,
        @Nullable Set<String> scopes,
        @Nullable String principal) {}
