package dev.meetgate.vault;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.meetgate.Failure;
import dev.meetgate.User;
import dev.meetgate.secret.Secret;
import io.smallrye.mutiny.Uni;
import io.vertx.core.VertxException;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Calls GoTo's API with the tokens of its users' connections. */
@Singleton
public class GoToCalls {

    private final StoredTokens stored;
    private final TokenRefresh refresh;

    GoToCalls(StoredTokens stored, TokenRefresh refresh) {
        this.stored = stored;
        this.refresh = refresh;
    }

    /**
     * Calls GoTo's API as this user. The call is sent with the stored token, refreshed first where it is stale; after GoTo has
     * rejected the token, once more with a newer one.
     *
     * @param call sends the request each time it is subscribed to
     */
    public <T> Uni<T> onBehalfOf(User user, Function<Bearer, Uni<T>> call) {
        return Uni.createFrom().deferred(() -> {
            var bearer = new StoredBearer(user);
            return answered(Uni.createFrom().deferred(() -> call.apply(bearer)))
                    .onFailure(TokenRejected.class)
                    .retry()
                    .atMost(1)
                    .onFailure(TokenRejected.class)
                    .transform(rejected -> new Failure.ForbiddenByGoTo(rejected.status()));
        });
    }

    /** The same, without the second try: a rejected token is a refusal. */
    <T> Uni<T> onceOnBehalfOf(User user, Function<Bearer, Uni<T>> call) {
        return Uni.createFrom()
                .deferred(() -> answered(call.apply(new StoredBearer(user))))
                .onFailure(TokenRejected.class)
                .transform(rejected -> new Failure.ForbiddenByGoTo(rejected.status()));
    }

    /** The foreign failures of a REST client become ours here: whatever is not an answer is GoTo being unavailable. */
    static <T> Uni<T> answered(Uni<T> call) {
        return call.onFailure()
                .transform(GoToCalls::ours)
                .onItem()
                .ifNull()
                .failWith(() -> new Failure.GoToUnavailable("GoTo answered nothing."));
    }

    private static Throwable ours(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof NoAccessToken && cause.getCause() != null) {
                return cause.getCause();
            }
        }
        return isOfTheWire(failure)
                ? new Failure.GoToUnavailable("GoTo could not be reached, or answered nonsense.", failure)
                : failure;
    }

    static boolean isOfTheWire(Throwable failure) {
        return failure instanceof ProcessingException
                || failure instanceof WebApplicationException
                || failure instanceof JsonProcessingException
                || failure instanceof IOException
                || failure instanceof VertxException
                || failure instanceof TimeoutException;
    }

    /** The bearer of one call, which knows the generation that it was last sent with. */
    private final class StoredBearer implements Bearer {

        private static final long NEVER = 0;

        private final User user;
        private long sent = NEVER;

        StoredBearer(User user) {
            this.user = user;
        }

        @Override
        public Uni<Secret> accessToken() {
            Uni<TokenSet> tokens = sent == NEVER ? fresh() : refresh.newerThan(user, sent);
            return tokens.invoke(used -> sent = used.generation()).map(TokenSet::accessToken);
        }

        private Uni<TokenSet> fresh() {
            return stored.of(user)
                    .flatMap(tokens -> tokens.staleAt(Instant.now())
                            ? refresh.newerThan(user, tokens.generation())
                            : Uni.createFrom().item(tokens));
        }
    }
}
