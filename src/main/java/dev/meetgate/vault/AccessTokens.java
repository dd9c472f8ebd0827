package dev.meetgate.vault;

import dev.meetgate.caller.User;
import dev.meetgate.problem.Failure;
import dev.meetgate.reactive.CallersContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;

/** The access tokens of connections. */
@Singleton
class AccessTokens {

    /** For a refresh that a call could do without, and that goes on by itself. Callers may have no more than half a second. */
    private static final Duration PATIENCE = Duration.ofMillis(300);

    private final StoredTokens stored;
    private final TokenRefresh refresh;
    private final Vertx vertx;

    AccessTokens(StoredTokens stored, TokenRefresh refresh, Vertx vertx) {
        this.stored = stored;
        this.refresh = refresh;
        this.vertx = vertx;
    }

    /** For one call: the stored token, refreshed first where it is stale; after a rejection a newer one. */
    TokenSource of(User user) {
        return new OfConnection(user);
    }

    private final class OfConnection implements TokenSource {

        private final User user;
        private long generation;
        private boolean isRejected;

        OfConnection(User user) {
            this.user = user;
        }

        @Override
        public Uni<Bearer> bearer() {
            Uni<TokenSet> tokens = isRejected ? refresh.newerThan(user, generation) : fresh();
            return tokens.map(this::use);
        }

        private Uni<TokenSet> fresh() {
            return stored.of(user)
                    .flatMap(tokens -> tokens.staleAt(Instant.now())
                            ? renewed(tokens)
                            : Uni.createFrom().item(tokens));
        }

        /** A token that is still good does for as long as there is no newer one to be had, or it takes long. */
        private Uni<TokenSet> renewed(TokenSet tokens) {
            Uni<TokenSet> newer = refresh.newerThan(user, tokens.generation());
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

        private Bearer use(TokenSet tokens) {
            generation = tokens.generation();
            isRejected = false;
            return tokens.bearer();
        }

        @Override
        public void rejected() {
            isRejected = true;
        }
    }
}
