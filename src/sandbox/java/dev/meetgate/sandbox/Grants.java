package dev.meetgate.sandbox;

import io.vertx.core.json.JsonArray;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The grants and their tokens (RFC 6749 §1.4, §1.5). */
final class Grants {

    private record AccessToken(Grant grant, Instant expiresAt) {}

    private final Secrets secrets;
    private final List<Grant> grants = new ArrayList<>();
    private final Map<String, AccessToken> accessTokens = new HashMap<>();
    /** Replaced refresh tokens stay, so that their reuse is noticed. */
    private final Map<String, Grant> refreshTokens = new HashMap<>();

    private int reuses;

    Grants(Secrets secrets) {
        this.secrets = secrets;
    }

    void add(Grant grant) {
        grants.add(grant);
    }

    String issueAccessToken(Grant grant, int lifetimeSeconds) {
        String token = secrets.accessToken();
        accessTokens.put(token, new AccessToken(grant, Instant.now().plusSeconds(lifetimeSeconds)));
        return token;
    }

    /** Replaces the grant's refresh token. */
    String issueRefreshToken(Grant grant) {
        String token = secrets.refreshToken();
        refreshTokens.put(token, grant);
        grant.renew(token);
        return token;
    }

    /** The grant of a valid access token. */
    @Nullable
    Grant findByAccessToken(String accessToken) {
        AccessToken token = accessTokens.get(accessToken);
        return token != null && token.grant.isAlive() && Instant.now().isBefore(token.expiresAt) ? token.grant : null;
    }

    /**
     * The grant of a valid refresh token. A replaced refresh token may be stolen: its use ends the grant (RFC
     * 9700 §4.14.2).
     *
     * @throws Refusal if the token is not valid
     */
    Grant findByRefreshToken(String refreshToken) {
        Grant grant = refreshTokens.get(refreshToken);
        if (grant != null && !grant.renewsWith(refreshToken)) {
            reuses++;
            grant.revoke();
        }
        if (grant == null || !grant.isAlive()) {
            throw Refusal.oauth(400, "invalid_grant", "refresh.token.revoked");
        }
        return grant;
    }

    void expireAccessTokens(Predicate<Grant> chosen) {
        accessTokens.values().removeIf(token -> chosen.test(token.grant));
    }

    void revoke(Predicate<Grant> chosen) {
        grants.stream().filter(chosen).forEach(Grant::revoke);
    }

    /** Revokes an access token, or a refresh token with its grant (RFC 7009 §2.1). */
    void revokeToken(String token) {
        accessTokens.remove(token);
        Grant grant = refreshTokens.get(token);
        if (grant != null) {
            grant.revoke();
        }
    }

    int reuses() {
        return reuses;
    }

    JsonArray json() {
        return new JsonArray(grants.stream().map(Grant::json).toList());
    }
}
