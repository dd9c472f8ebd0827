package dev.meetgate.sandbox;

import io.vertx.core.json.JsonObject;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The habits of this GoTo.
 *
 * @param consent {@code ASK} shows the consent page, {@code ALLOW} and {@code DENY} decide without it, and an error code of RFC
 *     6749 §4.1.2.1 sends that back
 * @param consentAccount whose consent it is when no page asks
 * @param issuer what {@code iss} says instead of the truth
 * @param grantedScope what is granted instead of what was asked for
 * @param requestsPerSecond what the API serves in any rolling second; 0 means all
 */
record Behaviour(
        int codeLifetimeSeconds,
        int tokenLifetimeSeconds,
        Rotation rotation,
        boolean refreshKillsOldAccessToken,
        Rejection rejection,
        Dress dress,
        String consent,
        String consentAccount,
        boolean sendIssuer,
        @Nullable String issuer,
        @Nullable String grantedScope,
        String tokenType,
        boolean omitScope,
        boolean omitExpiresIn,
        int requestsPerSecond,
        @Nullable String retryAfter) {

    /** What a refresh does to the refresh token. */
    enum Rotation {
        STABLE,
        ROTATING
    }

    private static final Pattern CONSENT = Pattern.compile("ASK|ALLOW|DENY|[a-z_]+");

    static final Behaviour DEFAULT = new Behaviour(
            60,
            3600,
            Rotation.ROTATING,
            true,
            Rejection.FORBIDDEN_INVALID_TOKEN,
            Dress.QUIRKY,
            "ASK",
            "jane.doe@example.com",
            true,
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
        if (Account.of(consentAccount) == null) {
            throw new IllegalArgumentException("consentAccount is no account of the sandbox");
        }
    }

    Behaviour with(JsonObject knobs) {
        return StrictJson.read(json().mergeIn(knobs), Behaviour.class);
    }

    JsonObject json() {
        return StrictJson.write(this);
    }
}
