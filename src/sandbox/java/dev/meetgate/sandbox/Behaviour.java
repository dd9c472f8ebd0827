package dev.meetgate.sandbox;

import io.vertx.core.json.JsonObject;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How the sandbox behaves until the next reset. {@code PATCH /control/behaviour} changes it.
 *
 * @param consent {@code ASK} shows the consent page; {@code ALLOW} and {@code DENY} decide without the page;
 *     an error code of RFC 6749 §4.1.2.1 is sent back as the error
 * @param consentAccount the account that consents when no page is shown
 * @param issuer a false value for {@code iss}
 * @param grantedScope the scope that is granted, whatever the client asked for
 * @param answeredScope the scope that token responses name, whatever was granted
 * @param requestsPerSecond the API's limit in any rolling second; 0 means no limit
 * @param retryAfter the {@code Retry-After} header of an answer over that limit
 */
record Behaviour(
        int codeLifetimeSeconds,
        int tokenLifetimeSeconds,
        Rotation rotation,
        Rejection rejection,
        Dress dress,
        String consent,
        String consentAccount,
        boolean sendIssuer,
        @Nullable String issuer,
        @Nullable String grantedScope,
        @Nullable String answeredScope,
        String tokenType,
        boolean omitScope,
        boolean omitExpiresIn,
        int requestsPerSecond,
        @Nullable String retryAfter) {

    /** Whether a refresh issues a new refresh token. */
    enum Rotation {
        STABLE,
        ROTATING
    }

    private static final Pattern CONSENT = Pattern.compile("ASK|ALLOW|DENY|[a-z_]+");

    static final Behaviour DEFAULT = new Behaviour(
            60,
            3600,
            Rotation.ROTATING,
            Rejection.FORBIDDEN_INVALID_TOKEN,
            Dress.QUIRKY,
            "ASK",
            "jane.doe@example.com",
            true,
            null,
            null,
            null,
            "Bearer",
            false,
            false,
            0,
            null);

    Behaviour {
        if (!CONSENT.matcher(consent).matches()) {
            throw new IllegalArgumentException("consent is ASK, ALLOW, DENY or an error code");
        }
        if (Person.findByEmail(consentAccount) == null) {
            throw new IllegalArgumentException("consentAccount must be an account of the sandbox");
        }
    }

    Behaviour with(JsonObject knobs) {
        return StrictJson.read(json().mergeIn(knobs), Behaviour.class);
    }

    JsonObject json() {
        return StrictJson.write(this);
    }
}
