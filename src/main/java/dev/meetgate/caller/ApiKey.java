package dev.meetgate.caller;

import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;

/** A tenant's API key: its hash, what it gives, and until when. */
final class ApiKey {

    final Grant grant;

    private final byte[] sha256;
    private final Instant expiresAt;

    ApiKey(Grant grant, String sha256, Instant expiresAt) {
        this.grant = grant;
        this.sha256 = HexFormat.of().parseHex(sha256.strip());
        this.expiresAt = expiresAt;
    }

    boolean hasHash(byte[] hash) {
        return MessageDigest.isEqual(sha256, hash);
    }

    boolean isExpired(Instant now) {
        return now.isAfter(expiresAt);
    }
}
