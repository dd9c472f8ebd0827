package dev.meetgate.reactive;

import dev.meetgate.problem.Failure;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.circuitbreaker.CircuitBreaker;
import io.vertx.circuitbreaker.CircuitBreakerOptions;
import io.vertx.circuitbreaker.CircuitBreakerState;
import io.vertx.circuitbreaker.OpenCircuitException;
import io.vertx.circuitbreaker.TimeoutException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Spares a server of GoTo's that answers nobody, and our callers the waiting: after so many failures in a row nothing is sent for a
 * while, then one request, whose end decides for all.
 *
 * <p>Every answer that is no failure in this sense, refusals too, proves that the server is there.
 */
public final class Circuit {

    private static final int FAILURES_IN_A_ROW = 20;
    private static final Duration WITHIN = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofSeconds(3);

    /** Longer than any request may take: one that its caller has given up must not keep the circuit half open for ever. */
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private final String server;
    private final CircuitBreaker breaker;

    /**
     * @param server what is said to be resting, such as {@code GoTo's API}
     * @param isFailure of the server's, not of the request
     */
    public Circuit(String server, Predicate<Throwable> isFailure, Vertx vertx) {
        this(server, isFailure, LONGEST, vertx);
    }

    Circuit(String server, Predicate<Throwable> isFailure, Duration longest, Vertx vertx) {
        this.server = server;
        var options = new CircuitBreakerOptions()
                .setMaxFailures(FAILURES_IN_A_ROW)
                .setFailuresRollingWindow(WITHIN.toMillis())
                .setResetTimeout(PAUSE.toMillis())
                .setTimeout(longest.toMillis())
                .setNotificationAddress(null);
        breaker = CircuitBreaker.create(server, vertx, options)
                .<Object>failurePolicy(end -> end.failed() && (isFailure.test(end.cause()) || isGivenUp(end.cause())));
    }

    /** Sends the request, or fails with {@link Failure.GoToUnavailable} without sending it. */
    public <T> Uni<T> guard(Supplier<Uni<T>> request) {
        return Uni.createFrom()
                .<T>emitter(caller -> send(request).onComplete(caller::complete, caller::fail))
                .onFailure()
                .transform(this::toTell);
    }

    private Throwable toTell(Throwable failure) {
        if (failure instanceof OpenCircuitException) {
            return resting();
        }
        return isGivenUp(failure)
                ? new Failure.GoToUnavailable("%s did not answer in time.".formatted(server), failure)
                : failure;
    }

    private <T> Future<T> send(Supplier<Uni<T>> request) {
        var sent = new AtomicReference<@Nullable Cancellable>();
        return breaker.<T>execute(end -> sent.set(request.get().subscribe().with(end::tryComplete, end::tryFail)))
                .onComplete(ended -> cancel(sent.get()));
    }

    /** An answer that does not end would go on filling the memory. */
    private static void cancel(@Nullable Cancellable sent) {
        if (sent != null) {
            sent.cancel();
        }
    }

    private static boolean isGivenUp(Throwable failure) {
        return failure instanceof TimeoutException;
    }

    /** Whether nothing is sent now. */
    public boolean isOpen() {
        return breaker.state() == CircuitBreakerState.OPEN;
    }

    /** What a caller is told meanwhile. */
    public Failure.GoToUnavailable resting() {
        return Failure.GoToUnavailable.notExecuted(
                "%s has not answered for a while; nothing was sent to it.".formatted(server));
    }
}
