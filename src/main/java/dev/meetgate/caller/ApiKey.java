package dev.meetgate.caller;

import dev.meetgate.problem.Failure;
import io.smallrye.mutiny.Uni;
import java.security.MessageDigest;
import java.security.Permission;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/** A tenant's API key: its name and hash, what it may do, and until when. */
final class ApiKey {

    final Tenant tenant;
    final Actor actor;

    private final byte[] sha256;
    private final List<String> scopes;
    private final Instant expiresAt;

    ApiKey(Tenant tenant, String name, String sha256, List<String> scopes, Instant expiresAt) {
        this.tenant = tenant;
        this.actor = new Actor(Actor.Kind.KEY, name);
        this.sha256 = HexFormat.of().parseHex(sha256.strip());
        this.scopes = scopes;
        this.expiresAt = expiresAt;
    }

    boolean hasHash(byte[] hash) {
        return MessageDigest.isEqual(sha256, hash);
    }

    boolean isExpired(Instant now) {
        return now.isAfter(expiresAt);
    }

    /** Fails with the scope that a {@code @PermissionsAllowed} demands and the key lacks. */
    Uni<Boolean> allows(Permission permission) {
        String actions = permission.getActions();
        String scope =
                actions == null || actions.isEmpty() ? permission.getName() : permission.getName() + ":" + actions;
        return scopes.contains(scope)
                ? Uni.createFrom().item(true)
                : Uni.createFrom().failure(new Failure.Forbidden(scope));
    }
}
