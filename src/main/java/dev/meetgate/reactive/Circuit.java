package dev.meetgate.reactive;

import dev.meetgate.problem.Failure;
import io.smallrye.mutiny.Uni;
import io.vertx.circuitbreaker.CircuitBreaker;
import io.vertx.circuitbreaker.CircuitBreakerOptions;
import io.vertx.circuitbreaker.CircuitBreakerState;
import io.vertx.circuitbreaker.TimeoutException;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Stops requests to a server that does not answer. After 20 failures in a row, no request is sent for 3 s;
 * then one request decides.
 *
 * <p>Every other answer, also an error answer, counts as a success.
 */
public final class Circuit {

    private static final int FAILURES_IN_A_ROW = 20;
    private static final Duration WITHIN = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofSeconds(3);

    /** Longer than any request. A permit whose end is never said must not keep the circuit half open. */
    private static final Duration LONGEST = Duration.ofSeconds(20);

    /** The permission to send a request. Its holder must report the end: the circuit may wait for it. */
    public static final class Permit {

        private final Promise<Void> end;

        private Permit(Promise<Void> end) {
            this.end = end;
        }

        /** Reports the end of the request. The failure is null if the server answered. */
        public void end(@Nullable Throwable failure) {
            if (failure == null) {
                end.tryComplete();
            } else {
                end.tryFail(failure);
            }
        }
    }

    private final String server;
    private final CircuitBreaker breaker;

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
                .<Object>failurePolicy(end -> end.failed() && (isFailure.test(end.cause()) || isLost(end.cause())));
    }

    /** Fails with {@link Failure.GoToUnavailable} while the circuit is open. */
    public Permit permit() {
        var end = new AtomicReference<@Nullable Promise<Void>>();
        breaker.<Void>execute(end::set);
        Promise<Void> begun = end.get();
        if (begun == null) {
            throw resting();
        }
        return new Permit(begun);
    }

    private static boolean isLost(Throwable failure) {
        return failure instanceof TimeoutException;
    }

    /** Sends the request, or fails with {@link Failure.GoToUnavailable} if the circuit is open. */
    public <T> Uni<T> guard(Supplier<Uni<T>> request) {
        return Uni.createFrom().deferred(() -> {
            Permit permit = permit();
            return Uni.createFrom()
                    .<T>deferred(() -> request.get())
                    .onTermination()
                    .invoke((item, failure, cancelled) -> permit.end(failure));
        });
    }

    public boolean isOpen() {
        return breaker.state() == CircuitBreakerState.OPEN;
    }

    public void checkReachable() {
        if (isOpen()) {
            throw resting();
        }
    }

    private Failure.GoToUnavailable resting() {
        return Failure.GoToUnavailable.notExecuted(
                "%s did not answer the last requests. MeetGate pauses its requests to it for a short time."
                        .formatted(server));
    }
}
