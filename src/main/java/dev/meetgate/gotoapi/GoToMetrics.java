package dev.meetgate.gotoapi;

import dev.meetgate.problem.Failure;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Times the requests that were sent to GoTo's API, by operation and outcome. */
@Singleton
class GoToMetrics {

    private final MeterRegistry metrics;

    GoToMetrics(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    void record(String operation, @Nullable Throwable failure, long nanos) {
        Timer.builder("meetgate.goto.requests")
                .description("Requests sent to GoTo, by operation and outcome")
                .tag("operation", operation)
                .tag("outcome", outcome(failure))
                .register(metrics)
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    private static String outcome(@Nullable Throwable failure) {
        if (failure == null) {
            return "success";
        }
        if (failure instanceof GoToErrors.TokenRejected) {
            return "token-rejected";
        }
        if (failure instanceof GoToErrors.Throttled) {
            return "throttled";
        }
        return failure instanceof Failure known ? known.type().code() : "internal-error";
    }
}
