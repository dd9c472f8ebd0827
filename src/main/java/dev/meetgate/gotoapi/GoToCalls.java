package dev.meetgate.gotoapi;

import dev.meetgate.budget.Budget;
import dev.meetgate.budget.Claim;
import dev.meetgate.caller.Deadlines;
import dev.meetgate.caller.User;
import dev.meetgate.problem.Failure;
import dev.meetgate.reactive.CallersContext;
import dev.meetgate.reactive.Circuit;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.util.function.Function;

/**
 * Calls GoTo's API on behalf of users.
 *
 * <ol>
 *   <li>The filters of the REST client add the access token, then wait for a slot of the budget.
 *   <li>A request is repeated after a rejected token, after a 429, and where {@link GoToCall#mayBeSentAgain}
 *       allows it.
 *   <li>The caller's deadline ends the whole call.
 * </ol>
 */
@Singleton
public class GoToCalls {

    private final Budget budget;
    private final Circuit circuit;
    private final Deadlines deadlines;
    private final Vertx vertx;

    GoToCalls(Budget budget, Circuit circuit, Deadlines deadlines, Vertx vertx) {
        this.budget = budget;
        this.circuit = circuit;
        this.deadlines = deadlines;
        this.vertx = vertx;
    }

    /**
     * Calls GoTo's API as this user.
     *
     * <p>Fails with {@link Failure.OutcomeUnknown} if GoTo may have executed a POST without answering.
     *
     * @param request a method of a REST client, invoked once for each attempt
     */
    public <T> Uni<T> call(User user, Function<GoToCall, Uni<T>> request) {
        return Uni.createFrom().deferred(() -> {
            circuit.checkReachable();
            var call = new GoToCall(new Claim(user, deadlines.current()));
            var callersContext = CallersContext.of(vertx);
            return attempt(call, request, callersContext)
                    .ifNoItem()
                    .after(call.claim().deadline().left())
                    .failWith(() -> deadlinePassed(call))
                    .onFailure()
                    .transform(call::failure)
                    .emitOn(callersContext);
        });
    }

    private <T> Uni<T> attempt(GoToCall call, Function<GoToCall, Uni<T>> request, CallersContext callersContext) {
        return call.sent(() -> request.apply(call))
                .onFailure(call::mayBeSentAgain)
                .recoverWithUni(failure -> call.backOff(failure)
                        .emitOn(callersContext)
                        .flatMap(waited -> attempt(call, request, callersContext)));
    }

    private Failure deadlinePassed(GoToCall call) {
        return call.isQueueing()
                ? budget.refusal(call.claim())
                : new Failure.GoToUnavailable("GoTo did not answer before the caller's deadline.");
    }
}
