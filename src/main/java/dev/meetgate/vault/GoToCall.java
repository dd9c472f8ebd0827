package dev.meetgate.vault;

import dev.meetgate.budget.Budget;
import dev.meetgate.budget.Claim;
import dev.meetgate.budget.Slot;
import dev.meetgate.problem.Failure;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/**
 * One call to GoTo's API on its way.
 *
 * <ol>
 *   <li>Each request has its access token first and then a slot of the budget, with which it leaves at once.
 *   <li>It is sent again after a rejected token, with a newer one; after a 429; and after what its {@link Repetition} allows.
 *   <li>All of it ends with the caller's deadline.
 * </ol>
 */
final class GoToCall {

    private static final int MOST_RETRIES = 2;
    private static final long FIRST_BACKOFF_MILLIS = 100;

    /** After one of them the whole deployment is slower, so that more are not to be expected. */
    private static final int MOST_THROTTLINGS = 3;

    private enum Stage {
        GETTING_A_TOKEN,
        QUEUEING,
        SENT
    }

    private final Budget budget;
    private final Claim claim;
    private final TokenSource tokens;
    private final Repetition repetition;

    /** Also read when the deadline has come, on another thread. */
    private volatile Stage stage = Stage.GETTING_A_TOKEN;

    private int rejections;
    private int throttlings;
    private int retries;

    GoToCall(Budget budget, Claim claim, TokenSource tokens, Repetition repetition) {
        this.budget = budget;
        this.claim = claim;
        this.tokens = tokens;
        this.repetition = repetition;
    }

    /**
     * Subscribed to once.
     *
     * @param home where the caller goes on
     */
    <T> Uni<T> answer(Function<Bearer, Uni<T>> call, Executor home) {
        return attempt(call, home)
                .ifNoItem()
                .after(claim.deadline().left())
                .failWith(this::tooLate)
                .onFailure()
                .transform(this::toTell)
                .emitOn(home);
    }

    private Throwable toTell(Throwable failure) {
        if (failure instanceof TokenRejected rejected) {
            return new Failure.ForbiddenByGoTo(rejected.status());
        }
        if (failure instanceof Throttled throttled) {
            return new Failure.RateLimited(throttled.retryAfter());
        }
        return mayHaveDoneHarm(failure) ? new Failure.OutcomeUnknown(failure) : failure;
    }

    private <T> Uni<T> attempt(Function<Bearer, Uni<T>> call, Executor home) {
        return request(call).onFailure(this::mayBeSentAgain).recoverWithUni(failure -> backOff(failure, home)
                .flatMap(waited -> attempt(call, home)));
    }

    private <T> Uni<T> request(Function<Bearer, Uni<T>> call) {
        stage = Stage.GETTING_A_TOKEN;
        return tokens.bearer().flatMap(bearer -> queue(call, bearer));
    }

    private <T> Uni<T> queue(Function<Bearer, Uni<T>> call, Bearer bearer) {
        stage = Stage.QUEUEING;
        return budget.slot(claim).flatMap(slot -> send(call, bearer, slot));
    }

    private <T> Uni<T> send(Function<Bearer, Uni<T>> call, Bearer bearer, Slot slot) {
        stage = Stage.SENT;
        return call.apply(bearer)
                .onFailure(WireFailures::isOfTheWire)
                .transform(failure ->
                        new Failure.GoToUnavailable("GoTo could not be reached, or answered nonsense.", failure))
                .onItem()
                .ifNull()
                .failWith(() -> new Failure.GoToUnavailable("GoTo answered nothing."))
                .onFailure(Throttled.class)
                .call(throttled -> budget.slowDown(slot, throttled.retryAfter()));
    }

    private boolean mayBeSentAgain(Throwable failure) {
        if (failure instanceof TokenRejected) {
            tokens.rejected();
            return ++rejections <= repetition.mostRejections();
        }
        if (failure instanceof Throttled) {
            return ++throttlings <= MOST_THROTTLINGS;
        }
        return stage == Stage.SENT && repetition.isAllowedAfter(failure) && ++retries <= MOST_RETRIES;
    }

    private boolean mayHaveDoneHarm(Throwable failure) {
        return repetition == Repetition.ONCE
                && stage == Stage.SENT
                && failure instanceof Failure.GoToUnavailable unavailable
                && unavailable.mayBeExecuted()
                && !WireFailures.isUnsent(failure);
    }

    /** The budget makes a call wait that GoTo had too much with. */
    private Uni<Void> backOff(Throwable failure, Executor home) {
        if (failure instanceof TokenRejected || failure instanceof Throttled) {
            return Uni.createFrom().voidItem();
        }
        long longest = FIRST_BACKOFF_MILLIS << retries;
        long millis = ThreadLocalRandom.current().nextLong(longest / 2, longest);
        return Uni.createFrom()
                .voidItem()
                .onItem()
                .delayIt()
                .by(Duration.ofMillis(millis))
                .emitOn(home);
    }

    private Failure tooLate() {
        return stage == Stage.QUEUEING
                ? budget.refusal(claim)
                : new Failure.GoToUnavailable("GoTo did not answer in the time that the caller has.");
    }
}
