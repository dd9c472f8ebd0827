package dev.meetgate.vault;

import dev.meetgate.budget.Budget;
import dev.meetgate.budget.Claim;
import dev.meetgate.caller.Deadlines;
import dev.meetgate.caller.User;
import dev.meetgate.problem.Failure;
import dev.meetgate.reactive.CallersContext;
import dev.meetgate.reactive.Circuit;
import dev.meetgate.secret.Secret;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.util.function.Function;

/** Calls GoTo's API with the tokens of its users' connections, within the deployment's budget and the caller's deadline. */
@Singleton
public class GoToCalls {

    private final AccessTokens tokens;
    private final Budget budget;
    private final Deadlines deadlines;
    private final Vertx vertx;
    private final Circuit api;

    GoToCalls(AccessTokens tokens, Budget budget, Deadlines deadlines, Vertx vertx) {
        this.tokens = tokens;
        this.budget = budget;
        this.deadlines = deadlines;
        this.vertx = vertx;
        this.api = new Circuit("GoTo's API", WireFailures::isSilence, vertx);
    }

    /**
     * Calls GoTo's API as this user. What GoTo provably did not execute is sent again, as after it has rejected the token.
     *
     * @param call sends the request each time it is subscribed to
     */
    public <T> Uni<T> onBehalfOf(User user, Function<Bearer, Uni<T>> call) {
        return Uni.createFrom().deferred(() -> answer(user, tokens.of(user), Repetition.WRITE, call));
    }

    /** The same for a call that must not be done twice: fails with {@link Failure.OutcomeUnknown} where nobody knows whether it was. */
    public <T> Uni<T> once(User user, Function<Bearer, Uni<T>> call) {
        return Uni.createFrom().deferred(() -> answer(user, tokens.of(user), Repetition.ONCE, call));
    }

    /** The same for a call that changes nothing: it is also sent again where GoTo's answer is missing, or is none. */
    public <T> Uni<T> reading(User user, Function<Bearer, Uni<T>> call) {
        return Uni.createFrom().deferred(() -> answer(user, tokens.of(user), Repetition.READ, call));
    }

    /** As {@link #reading}, but that a rejected token is a refusal. */
    <T> Uni<T> probing(User user, Function<Bearer, Uni<T>> call) {
        return Uni.createFrom().deferred(() -> answer(user, tokens.of(user), Repetition.PROBE, call));
    }

    /** As {@link #probing}, with a token that is not stored yet. */
    <T> Uni<T> probing(User user, Secret accessToken, Function<Bearer, Uni<T>> call) {
        TokenSource given = () -> Uni.createFrom().item(new Bearer(accessToken, false));
        return Uni.createFrom().deferred(() -> answer(user, given, Repetition.PROBE, call));
    }

    private <T> Uni<T> answer(User user, TokenSource source, Repetition repetition, Function<Bearer, Uni<T>> call) {
        if (api.isOpen()) {
            throw api.resting();
        }
        var claim = new Claim(user, deadlines.current());
        return new GoToCall(budget, claim, source, repetition)
                .answer(bearer -> api.guard(() -> call.apply(bearer)), CallersContext.of(vertx));
    }
}
