package dev.meetgate.reactive;

import dev.meetgate.problem.Failure;
import io.smallrye.mutiny.Uni;
import io.vertx.circuitbreaker.CircuitBreaker;
import io.vertx.circuitbreaker.CircuitBreakerOptions;
import io.vertx.circuitbreaker.CircuitBreakerState;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Spares a server of GoTo's that answers nobody, and our callers the waiting. After 20 failures in a row nothing is sent for 3 s, then
 * one request, whose end decides.
 *
 * <p>Every answer that is no failure in this sense, refusals too, proves that the server is there.
 */
public final class Circuit {

    private static final int FAILURES_IN_A_ROW = 20;
    private static final Duration WITHIN = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofSeconds(3);

    /** A request that may be sent. Its holder says how it ended, in every case: while it is open, the circuit may be waiting for it. */
    public static final class Permit {

        private final Promise<Void> end;

        private Permit(Promise<Void> end) {
            this.end = end;
        }

        /** @param failure nothing where the server has answered */
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

    /**
     * @param server the name of the server in messages, such as {@code GoTo's API}
     * @param isFailure whether a failure is the server's, and not one of the request
     */
    public Circuit(String server, Predicate<Throwable> isFailure, Vertx vertx) {
        this.server = server;
        var options = new CircuitBreakerOptions()
                .setMaxFailures(FAILURES_IN_A_ROW)
                .setFailuresRollingWindow(WITHIN.toMillis())
                .setResetTimeout(PAUSE.toMillis())
                // The requests themselves are bounded.
                .setTimeout(-1)
                .setNotificationAddress(null);
        breaker = CircuitBreaker.create(server, vertx, options)
                .<Object>failurePolicy(end -> end.failed() && isFailure.test(end.cause()));
    }

    /** @throws Failure.GoToUnavailable while nothing is sent */
    public Permit permit() {
        var end = new AtomicReference<@Nullable Promise<Void>>();
        breaker.<Void>execute(end::set);
        Promise<Void> begun = end.get();
        if (begun == null) {
            throw resting();
        }
        return new Permit(begun);
    }

    /** Sends the request, or fails with {@link Failure.GoToUnavailable} without sending it. */
    public <T> Uni<T> guard(Supplier<Uni<T>> request) {
        return Uni.createFrom().deferred(() -> {
            Permit permit = permit();
            return request.get().onTermination().invoke((item, failure, cancelled) -> permit.end(failure));
        });
    }

    /** Whether nothing is sent now. */
    public boolean isOpen() {
        return breaker.state() == CircuitBreakerState.OPEN;
    }

    /** @throws Failure.GoToUnavailable while nothing is sent */
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
