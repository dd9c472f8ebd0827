package dev.meetgate.gotoapi;

import dev.meetgate.audit.Action;
import dev.meetgate.audit.Audit;
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
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Calls GoTo's API on behalf of users.
 *
 * <ol>
 *   <li>The filters of the REST client add the access token, then wait for a slot of the budget.
 *   <li>A request is repeated after a rejected token, after a 429, and where {@link Tries} allows it.
 *   <li>The caller's deadline ends the whole call. The audit entry of a change is completed after that.
 * </ol>
 */
@Singleton
public class GoToCalls {

    private final Budget budget;
    private final Circuit circuit;
    private final Deadlines deadlines;
    private final Vertx vertx;
    private final GoToMetrics metrics;
    private final Audit audit;

    GoToCalls(Budget budget, Circuit circuit, Deadlines deadlines, Vertx vertx, GoToMetrics metrics, Audit audit) {
        this.audit = audit;
        this.budget = budget;
        this.circuit = circuit;
        this.deadlines = deadlines;
        this.vertx = vertx;
        this.metrics = metrics;
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
            var claim = new Claim(user, deadlines.current());
            return new Call<T>(claim, attempt -> request.apply(new GoToCall(claim, attempt)), CallersContext.of(vertx))
                    .answer();
        });
    }

    /**
     * Calls GoTo's API as this user, with a call that changes something. It has an entry in the audit before
     * it is sent; where that cannot be written, this fails with {@link Failure.Unavailable}.
     *
     * @param target what is changed, by GoTo's name; absent where the call makes it
     */
    public <T> Uni<T> change(User user, Action action, @Nullable String target, Function<GoToChange, Uni<T>> request) {
        return change(user, action, target, Audit.newId(), request);
    }

    /**
     * Makes such a call, with the id of its entry in the audit.
     *
     * @param id of {@link Audit#newId}
     */
    public <T> Uni<T> change(
            User user, Action action, @Nullable String target, UUID id, Function<GoToChange, Uni<T>> request) {
        return Uni.createFrom().deferred(() -> {
            circuit.checkReachable();
            var claim = new Claim(user, deadlines.current());
            var context = CallersContext.of(vertx);
            return audit.begin(user, action, target, id).flatMap(entry -> new Call<T>(
                            claim, attempt -> request.apply(new GoToChange(claim, attempt, entry)), context)
                    .recorded(entry));
        });
    }

    private final class Call<T> {

        private final Claim claim;
        private final Function<Attempt, Uni<T>> request;
        private final CallersContext callersContext;

        /** The deadline's timer reads it on another thread. */
        private volatile Attempt attempt = Attempt.first(metrics);

        Call(Claim claim, Function<Attempt, Uni<T>> request, CallersContext callersContext) {
            this.claim = claim;
            this.request = request;
            this.callersContext = callersContext;
        }

        /** The answer, once the entry tells the outcome. A caller who leaves leaves that to the attempt. */
        Uni<T> recorded(Audit.Entry entry) {
            return answer().onItemOrFailure()
                    .call((item, failure) -> attempt.record(entry, failure))
                    .onCancellation()
                    .invoke(() -> attempt.recordLater(entry));
        }

        Uni<T> answer() {
            return send(Tries.NONE)
                    .ifNoItem()
                    .after(claim.deadline().left())
                    .failWith(this::deadlinePassed)
                    .onFailure()
                    .transform(this::translated)
                    .emitOn(callersContext);
        }

        private Uni<T> send(Tries tries) {
            Attempt current = attempt;
            return current.send(() -> request.apply(current)).onFailure().recoverWithUni(failure -> {
                Tries next = tries.after(failure, current);
                return next == null ? Uni.createFrom().failure(failure) : sendAgain(next, failure);
            });
        }

        private Uni<T> sendAgain(Tries tries, Throwable failure) {
            attempt = attempt.next(tries.refreshed(), failure);
            Uni<Void> now = Uni.createFrom().voidItem();
            var backoff = tries.backoff(failure);
            Uni<Void> then = backoff.isZero() ? now : now.onItem().delayIt().by(backoff);
            return then.emitOn(callersContext).flatMap(waited -> send(tries));
        }

        private Failure deadlinePassed() {
            if (attempt.isThrottled()) {
                return Failure.Unavailable.ofDatabase();
            }
            return attempt.isQueueing()
                    ? budget.late(claim)
                    : new Failure.GoToUnavailable("GoTo did not answer before the caller's deadline.");
        }

        private Throwable translated(Throwable failure) {
            if (failure instanceof GoToErrors.TokenRejected rejected) {
                return new Failure.ForbiddenByGoTo(
                        rejected.status(), attempt.words().code());
            }
            if (failure instanceof Failure.ForbiddenByGoTo forbidden) {
                return new Failure.ForbiddenByGoTo(
                        forbidden.gotoStatus(), attempt.words().code());
            }
            if (failure instanceof Failure.RejectedByGoTo rejected) {
                return new Failure.RejectedByGoTo(
                        rejected.gotoStatus(),
                        attempt.words().code(),
                        attempt.words().member());
            }
            if (failure instanceof GoToErrors.Throttled throttled) {
                return new Failure.RateLimited(throttled.retryAfter());
            }
            return attempt.mayHaveCreated(failure) ? new Failure.OutcomeUnknown(failure) : failure;
        }
    }
}
