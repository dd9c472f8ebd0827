package dev.meetgate.caller;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

@Singleton
public class Deadlines {

    private final Duration defaultTimeout;

    Deadlines(RequestConfig config) {
        defaultTimeout = config.requestTimeout();
    }

    /** Captures the current request's deadline. Running the result sets it in another Vert.x context. */
    public static Runnable handOver() {
        Optional<Arrival> arrival = Arrival.current();
        return () -> arrival.ifPresent(Arrival::putIntoContext);
    }

    /** The deadline of the current request. Outside of a request, the time starts now. */
    public Deadline current() {
        return Arrival.current()
                .map(Arrival::deadline)
                .orElseGet(() -> new Deadline(System.nanoTime() + defaultTimeout.toNanos()));
    }
}
