package dev.meetgate.secret;

import java.security.SecureRandom;
import java.util.Base64;

/** Text that is protected from logs and JSON: it has no getter and prints as stars. */
public final class Secret {

    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    public static Secret of(String value) {
        return new Secret(value);
    }

    /** 256 random bits in base64url: 43 characters that are safe in URLs and valid as a PKCE verifier. */
    public static Secret random() {
        var bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** The only access to the text. {@code ArchitectureTest} lists the allowed callers. */
    public String reveal() {
        return value;
    }

    /** The hash under which MeetGate stores secrets that it only has to recognize. */
    public byte[] sha256() {
        return Sha256.of(value);
    }

    /** The code challenge of a code verifier (RFC 7636 §4.2, S256). */
    public String codeChallenge() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sha256());
    }

    @Override
    public String toString() {
        return "***";
    }
}
