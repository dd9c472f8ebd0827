package dev.meetgate.vault;

import dev.meetgate.Failure;
import dev.meetgate.User;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;

/** The access tokens of connections. */
@Singleton
class AccessTokens {

    private final StoredTokens stored;
    private final TokenRefresh refresh;

    AccessTokens(StoredTokens stored, TokenRefresh refresh) {
        this.stored = stored;
        this.refresh = refresh;
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
            return tokens.invoke(this::used).map(TokenSet::bearer);
        }

        private Uni<TokenSet> fresh() {
            return stored.of(user)
                    .flatMap(tokens -> tokens.staleAt(Instant.now())
                            ? renewed(tokens)
                            : Uni.createFrom().item(tokens));
        }

        /** A token that is still good does for as long as there is no newer one to be had. */
        private Uni<TokenSet> renewed(TokenSet tokens) {
            return refresh.newerThan(user, tokens.generation())
                    .onFailure(failure -> failure instanceof Failure.GoToUnavailable
                            && Instant.now().isBefore(tokens.expiresAt()))
                    .recoverWithItem(tokens);
        }

        private void used(TokenSet tokens) {
            generation = tokens.generation();
            isRejected = false;
        }

        @Override
        public void rejected() {
            isRejected = true;
        }
    }
}
