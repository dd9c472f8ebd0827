package dev.meetgate.gotoapi;

import dev.meetgate.budget.Claim;
import dev.meetgate.budget.Slot;
import dev.meetgate.caller.User;
import dev.meetgate.problem.Failure;
import dev.meetgate.reactive.Circuit;
import dev.meetgate.vault.AccessToken;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.ws.rs.HttpMethod;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One call to GoTo's API. REST client methods take it as a {@code @NotBody} argument for the filters. */
public final class GoToCall {

    private static final int MOST_RETRIES = 2;
    private static final long FIRST_BACKOFF_MILLIS = 100;

    /** The first 429 slows the whole deployment down, so more are unlikely. */
    private static final int MOST_THROTTLINGS = 3;

    private enum Stage {
        GETTING_A_TOKEN,
        QUEUEING,
        SENT
    }

    private final Claim claim;
    private boolean keepsToken;
    private @Nullable String method;
    private @Nullable AccessToken token;
    private @Nullable Slot slot;
    private Circuit.@Nullable Permit permit;
    private int rejections;
    private int throttlings;
    private int retries;

    /** Read by the deadline's thread too, like {@link #waiting}. */
    private volatile Stage stage = Stage.GETTING_A_TOKEN;

    private volatile @Nullable Cancellable waiting;

    GoToCall(Claim claim) {
        this.claim = claim;
    }

    /** Sends the stored token and passes a rejection on, for paths that reject valid tokens. */
    public GoToCall keepingToken() {
        keepsToken = true;
        return this;
    }

    boolean keepsToken() {
        return keepsToken;
    }

    Claim claim() {
        return claim;
    }

    User user() {
        return claim.user();
    }

    /**
     * Subscribes to a request of the REST client.
     *
     * <p>Cancelling stops a request that was not sent. A sent request continues, for the circuit and the
     * reuse of its connection.
     */
    <T> Uni<T> sent(Supplier<Uni<T>> request) {
        return Uni.createFrom().emitter(caller -> {
            stage = Stage.GETTING_A_TOKEN;
            Cancellable attempt = request.get()
                    .onItem()
                    .ifNull()
                    .failWith(() -> new Failure.GoToUnavailable("GoTo's answer is empty."))
                    .onFailure(failure -> WireFailures.isOfTheWire(failure)
                            || (stage == Stage.SENT && WireFailures.isUnreadable(failure)))
                    .transform(WireFailures::unavailable)
                    .onTermination()
                    .invoke((item, failure, cancelled) -> ended(failure))
                    .subscribe()
                    .with(caller::complete, caller::fail);
            caller.onTermination(() -> abandon(attempt));
        });
    }

    private void ended(@Nullable Throwable failure) {
        Circuit.Permit used = permit;
        permit = null;
        if (used != null) {
            used.end(stage == Stage.SENT ? failure : null);
        }
    }

    private void abandon(Cancellable attempt) {
        if (stage != Stage.SENT) {
            attempt.cancel();
            Cancellable awaited = waiting;
            if (awaited != null) {
                awaited.cancel();
            }
        }
    }

    /** Waits in a filter while the request is suspended. */
    <T> void waitFor(Uni<T> work, Consumer<T> resume, Consumer<Throwable> fail) {
        waiting = work.subscribe().with(resume, fail);
    }

    void begin(String httpMethod) {
        stage = Stage.GETTING_A_TOKEN;
        method = httpMethod;
    }

    void use(AccessToken accessToken) {
        token = accessToken;
    }

    AccessToken token() {
        return Objects.requireNonNull(token, "no request has a token yet");
    }

    void queue() {
        stage = Stage.QUEUEING;
    }

    boolean isQueueing() {
        return stage == Stage.QUEUEING;
    }

    void send(Slot granted, Circuit.Permit permitted) {
        slot = granted;
        permit = permitted;
        stage = Stage.SENT;
    }

    Slot slot() {
        return Objects.requireNonNull(slot, "no request has a slot yet");
    }

    void throttled() {
        throttlings++;
    }

    /** Counts a rejected token. Only the first one is refreshed: the second token was already fresh. */
    boolean rejected() {
        stage = Stage.GETTING_A_TOKEN;
        return ++rejections == 1 && !keepsToken;
    }

    /** GET may be repeated; other methods only if GoTo did not execute the request. */
    boolean mayBeSentAgain(Throwable failure) {
        if (failure instanceof GoToErrors.TokenRejected) {
            return rejections == 1 && !keepsToken;
        }
        if (failure instanceof GoToErrors.Throttled) {
            return throttlings <= MOST_THROTTLINGS;
        }
        if (WireFailures.isTooLong(failure)) {
            return false;
        }
        boolean harmless = WireFailures.isUnsent(failure)
                || (HttpMethod.GET.equals(method) && failure instanceof Failure.GoToUnavailable);
        return stage == Stage.SENT && harmless && retries < MOST_RETRIES;
    }

    /** Delays a repetition. After a 429 the budget already delays it. */
    Uni<Void> backOff(Throwable failure) {
        if (failure instanceof GoToErrors.TokenRejected || failure instanceof GoToErrors.Throttled) {
            return Uni.createFrom().voidItem();
        }
        retries++;
        long longest = FIRST_BACKOFF_MILLIS << retries;
        long millis = ThreadLocalRandom.current().nextLong(longest / 2, longest);
        return Uni.createFrom().voidItem().onItem().delayIt().by(Duration.ofMillis(millis));
    }

    Throwable failure(Throwable failure) {
        if (failure instanceof GoToErrors.TokenRejected rejected) {
            return new Failure.ForbiddenByGoTo(rejected.status());
        }
        if (failure instanceof GoToErrors.Throttled throttled) {
            return new Failure.RateLimited(throttled.retryAfter());
        }
        return mayHaveCreated(failure) ? new Failure.OutcomeUnknown(failure) : failure;
    }

    private boolean mayHaveCreated(Throwable failure) {
        return HttpMethod.POST.equals(method)
                && stage == Stage.SENT
                && failure instanceof Failure.GoToUnavailable unavailable
                && unavailable.mayBeExecuted()
                && !WireFailures.isUnsent(failure);
    }

    /** Prints no token. */
    @Override
    public String toString() {
        return "GoToCall[" + stage + "]";
    }
}
