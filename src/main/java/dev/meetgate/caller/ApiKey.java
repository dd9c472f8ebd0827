package dev.meetgate.caller;

import io.quarkus.security.identity.SecurityIdentity;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** A tenant's API key: its hash, what it gives, and until when. */
final class ApiKey {

    final Grant grant;

    /** Made once, for all calls with the key. */
    final SecurityIdentity identity;

    private final byte[] sha256;
    private final Instant expiresAt;
    private volatile @Nullable Instant refusedAt;

    ApiKey(Grant grant, String sha256, Instant expiresAt) {
        this.grant = grant;
        this.identity = grant.identity();
        this.sha256 = HexFormat.of().parseHex(sha256.strip());
        this.expiresAt = expiresAt;
    }

    boolean hasHash(byte[] hash) {
        return MessageDigest.isEqual(sha256, hash);
    }

    boolean isExpired(Instant now) {
        return now.isAfter(expiresAt);
    }

    /** Remembers that somebody uses it after its end. */
    void refuse(Instant now) {
        refusedAt = now;
    }

    Credential credential() {
        return new Credential(
                grant.tenant().name(),
                grant.actor().kind(),
                grant.actor().name(),
                grant.scopes(),
                expiresAt.equals(Instant.MAX) ? null : expiresAt,
                refusedAt);
    }
}
