package dev.meetgate.oauth;

import dev.meetgate.secret.Secret;
import io.quarkus.oidc.client.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A token response (RFC 6749 §5.1). A null refresh token or scopes means no change. */
public record TokenResponse(
        Secret accessToken,
        @Nullable Secret refreshToken,
        Instant expiresAt,
        @Nullable Set<String> scopes,
        @Nullable String principal) {

    private static final Duration DEFAULT_LIFETIME = Duration.ofHours(1);
    private static final Duration LONGEST_LIFETIME = Duration.ofDays(1);

    static TokenResponse of(Tokens tokens, Set<String> requestedScopes, Instant now) {
        String scope = tokens.get("scope");
        String refreshToken = tokens.getRefreshToken();
        return new TokenResponse(
                Secret.of(tokens.getAccessToken()),
                refreshToken == null || refreshToken.isEmpty() ? null : Secret.of(refreshToken),
                expiresAt(tokens, now),
                scope == null ? null : granted(scope, requestedScopes),
                tokens.get("principal"));
    }

    /**
     * A missing lifetime means that of a JWT, or the default; a negative one means expired. The maximum is a
     * day.
     */
    private static Instant expiresAt(Tokens tokens, Instant now) {
        String expiresIn = tokens.get("expires_in");
        Long epochSecond = tokens.getAccessTokenExpiresAt();
        if (expiresIn == null && epochSecond == null) {
            return now.plus(DEFAULT_LIFETIME);
        }
        // The library adds lifetimes to the present without a bound, and overflows.
        double seconds =
                expiresIn == null ? (double) (epochSecond - now.getEpochSecond()) : Double.parseDouble(expiresIn);
        return now.plusSeconds((long) Math.max(0, Math.min(seconds, (double) LONGEST_LIFETIME.toSeconds())));
    }

    /** Requested scopes keep the case in which they were requested. Null if the text names no scope. */
    private static @Nullable Set<String> granted(String text, Set<String> requested) {
        Set<String> granted = scopes(text).stream()
                .map(scope -> requested.stream()
                        .filter(scope::equalsIgnoreCase)
                        .findFirst()
                        .orElse(scope))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return granted.isEmpty() ? null : granted;
    }

    /** Separated by spaces (RFC 6749 §3.3), or by commas as some servers do. */
    static Set<String> scopes(String text) {
        return Arrays.stream(text.split("[\\s,]+"))
                .filter(scope -> !scope.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
