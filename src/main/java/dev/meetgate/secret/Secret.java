package dev.meetgate.secret;

import java.security.SecureRandom;
import java.util.Base64;

/** Text that cannot reach a log or a JSON body by accident: it has no getter and prints as stars. */
public final class Secret {

    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    public static Secret of(String value) {
        return new Secret(value);
    }

    /** 256 random bits in base64url: 43 characters, all of them unreserved in a URL and fit for a PKCE verifier. */
    public static Secret random() {
        var bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** The only way out: every call of it is worth a reviewer's look. */
    public String reveal() {
        return value;
    }

    /** The SHA-256 of the text, which is how a secret is stored that only needs to be recognized. */
    public byte[] sha256() {
        return Sha256.of(value);
    }

    @Override
    public String toString() {
        return "***";
    }
}
