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

/**
 * One call to GoTo's API on its way: whose it is, and how far it came. Each method of a REST client takes it as {@code @NotBody}
 * argument, where the filters find it.
 */
public final class GoToCall {

    private static final int MOST_RETRIES = 2;
    private static final long FIRST_BACKOFF_MILLIS = 100;

    /** After one 429 the whole deployment is slower, so that more of them are not to be expected. */
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

    /** Both are also read when the deadline has come, on another thread. */
    private volatile Stage stage = Stage.GETTING_A_TOKEN;

    private volatile @Nullable Cancellable waiting;

    GoToCall(Claim claim) {
        this.claim = claim;
    }

    /** For a path that rejects good tokens: this call is sent with the stored token, and a rejection is its answer. */
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
     * Subscribes to a request of the REST client. Who leaves before the request was sent stops it. A request that was sent runs to its
     * end: the circuit learns from it, and its connection can be used again.
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

    /** A filter waits, with its request suspended. */
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

    /** The token that the request was sent with. */
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

    /** The slot that the request was sent with. */
    Slot slot() {
        return Objects.requireNonNull(slot, "no request has a slot yet");
    }

    void throttled() {
        throttlings++;
    }

    /** @return whether the token is to be refreshed: once, since a token that is seconds old is as good as the next one */
    boolean rejected() {
        stage = Stage.GETTING_A_TOKEN;
        return ++rejections == 1 && !keepsToken;
    }

    /** A GET may be repeated, everything else only where GoTo did not execute it. */
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

    /** The budget itself makes a call wait that GoTo had too much with. */
    Uni<Void> backOff(Throwable failure) {
        if (failure instanceof GoToErrors.TokenRejected || failure instanceof GoToErrors.Throttled) {
            return Uni.createFrom().voidItem();
        }
        retries++;
        long longest = FIRST_BACKOFF_MILLIS << retries;
        long millis = ThreadLocalRandom.current().nextLong(longest / 2, longest);
        return Uni.createFrom().voidItem().onItem().delayIt().by(Duration.ofMillis(millis));
    }

    /** What the caller is told. */
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

    /** Nothing of the token. */
    @Override
    public String toString() {
        return "GoToCall[" + stage + "]";
    }
}
