package dev.meetgate.sandbox;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The consent of one person to the client's requests (RFC 6749 §1.3). It begins with the exchange of a code.
 */
final class Grant {

    private final Person account;
    private final String scope;
    private final Instant createdAt = Instant.now();
    private @Nullable String refreshToken;
    private boolean alive = true;
    private int refreshes;

    Grant(Person account, String scope) {
        this.account = account;
        this.scope = scope;
    }

    Person account() {
        return account;
    }

    String scope() {
        return scope;
    }

    boolean covers(String wanted) {
        return List.of(scope.split(" ", -1)).contains(wanted);
    }

    boolean isAlive() {
        return alive;
    }

    void revoke() {
        alive = false;
    }

    void countRefresh() {
        refreshes++;
    }

    /** Replaces the refresh token. */
    void renew(String token) {
        refreshToken = token;
    }

    boolean renewsWith(String token) {
        return token.equals(refreshToken);
    }

    JsonObject json() {
        return new JsonObject()
                .put("account", account.email())
                .put("scope", scope)
                .put("alive", alive)
                .put("refreshes", refreshes)
                .put("createdAt", createdAt.toString());
    }
}
