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
 *   <li>The filters of the REST client get each request its access token and then a slot of the budget, with which it leaves at once.
 *   <li>A request is sent again after a rejected token, with a newer one; after a 429; and where {@link GoToCall#mayBeSentAgain} says so.
 *   <li>The caller's deadline ends all of it.
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
     * <p>Fails with {@link Failure.OutcomeUnknown} where GoTo may have executed a POST and did not say so.
     *
     * @param request a method of a REST client, which is asked once for each request that is sent
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
