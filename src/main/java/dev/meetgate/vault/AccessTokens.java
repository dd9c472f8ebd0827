package dev.meetgate.vault;

import dev.meetgate.caller.Deadlines;
import dev.meetgate.caller.User;
import dev.meetgate.problem.Failure;
import dev.meetgate.reactive.CallersContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;

/**
 * Provides the access tokens for calls to GoTo.
 *
 * <p>All methods fail with {@link Failure.NotConnected}, {@link Failure.ReconnectRequired},
 * {@link Failure.Unavailable}, or {@link Failure.GoToUnavailable} after a failed refresh.
 */
@Singleton
public class AccessTokens {

    /** How long a call waits for an optional refresh. A caller's timeout may be as short as half a second. */
    private static final Duration PATIENCE = Duration.ofMillis(300);

    private final StoredTokens stored;
    private final TokenRefresh refresh;
    private final Deadlines deadlines;
    private final Vertx vertx;

    AccessTokens(StoredTokens stored, TokenRefresh refresh, Deadlines deadlines, Vertx vertx) {
        this.stored = stored;
        this.refresh = refresh;
        this.deadlines = deadlines;
        this.vertx = vertx;
    }

    public Uni<AccessToken> of(User user) {
        return stored.of(user)
                .flatMap(tokens -> tokens.staleAt(Instant.now())
                        ? refreshed(tokens)
                        : Uni.createFrom().item(tokens))
                .map(TokenSet::accessToken);
    }

    public Uni<AccessToken> stored(User user) {
        return stored.of(user).map(TokenSet::accessToken);
    }

    /** Replaces a rejected token. Returns the stored token if another caller has refreshed it. */
    public Uni<AccessToken> newerThan(User user, long generation) {
        return refresh.newerThan(user, generation, deadlines.current()).map(TokenSet::accessToken);
    }

    private static boolean isPassing(Throwable failure) {
        return failure instanceof Failure.GoToUnavailable || failure instanceof Failure.Unavailable;
    }

    /** While a refresh fails or is slow, the old token is used until it expires. */
    private Uni<TokenSet> refreshed(TokenSet tokens) {
        Uni<TokenSet> newer = refresh.newerThan(tokens.user(), tokens.generation(), deadlines.current());
        Duration left = Duration.between(Instant.now(), tokens.expiresAt());
        return left.compareTo(PATIENCE) < 0
                ? newer
                : newer.onFailure(AccessTokens::isPassing)
                        .recoverWithItem(tokens)
                        .ifNoItem()
                        .after(PATIENCE)
                        .recoverWithItem(tokens)
                        .emitOn(CallersContext.of(vertx));
    }
}
