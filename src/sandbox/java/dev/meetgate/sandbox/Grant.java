package dev.meetgate.sandbox;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an account has allowed the client, from the exchange of the code to the end of the last token. */
final class Grant {

    private final Account account;
    private final String scope;
    private final Instant createdAt = Instant.now();
    private @Nullable String refreshToken;
    private boolean alive = true;
    private int refreshes;

    Grant(Account account, String scope) {
        this.account = account;
        this.scope = scope;
    }

    Account account() {
        return account;
    }

    String scope() {
        return scope;
    }

    boolean covers(String anyOfThese) {
        return List.of(scope.split(" ", -1)).contains(anyOfThese);
    }

    boolean isAlive() {
        return alive;
    }

    void revoke() {
        alive = false;
    }

    void refreshed() {
        refreshes++;
    }

    /** From now on this is the one refresh token; there may have been others. */
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
