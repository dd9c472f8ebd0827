package dev.meetgate.vault;

import dev.meetgate.caller.User;
import dev.meetgate.problem.Failure;
import dev.meetgate.reactive.CallersContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;

/**
 * The access tokens to call GoTo with.
 *
 * <p>All methods fail with {@link Failure.NotConnected}, {@link Failure.ReconnectRequired}, {@link Failure.Unavailable}, or
 * {@link Failure.GoToUnavailable} where the token had to be refreshed and was not.
 */
@Singleton
public class AccessTokens {

    /** How long a call waits for a refresh that it can do without. Callers may have no more than half a second. */
    private static final Duration PATIENCE = Duration.ofMillis(300);

    private final StoredTokens stored;
    private final TokenRefresh refresh;
    private final Vertx vertx;

    AccessTokens(StoredTokens stored, TokenRefresh refresh, Vertx vertx) {
        this.stored = stored;
        this.refresh = refresh;
        this.vertx = vertx;
    }

    /** The stored token, refreshed first where it is stale. */
    public Uni<AccessToken> of(User user) {
        return stored.of(user)
                .flatMap(tokens -> tokens.staleAt(Instant.now())
                        ? refreshed(tokens)
                        : Uni.createFrom().item(tokens))
                .map(TokenSet::accessToken);
    }

    /** The stored token, even where it is stale. */
    public Uni<AccessToken> stored(User user) {
        return stored.of(user).map(TokenSet::accessToken);
    }

    /** After a rejection: a token of another generation, which is the stored one where another caller has refreshed meanwhile. */
    public Uni<AccessToken> newerThan(User user, long generation) {
        return refresh.newerThan(user, generation).map(TokenSet::accessToken);
    }

    /** While a refresh fails or is slow, the old token is used until it expires. */
    private Uni<TokenSet> refreshed(TokenSet tokens) {
        Uni<TokenSet> newer = refresh.newerThan(tokens.user(), tokens.generation());
        Duration left = Duration.between(Instant.now(), tokens.expiresAt());
        return left.compareTo(PATIENCE) < 0
                ? newer
                : newer.onFailure(Failure.GoToUnavailable.class)
                        .recoverWithItem(tokens)
                        .ifNoItem()
                        .after(PATIENCE)
                        .recoverWithItem(tokens)
                        .emitOn(CallersContext.of(vertx));
    }
}
