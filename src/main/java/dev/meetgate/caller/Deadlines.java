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
        Arrival arrival = Arrival.current().orElseGet(() -> new Arrival(System.nanoTime(), null));
        Duration timeout = arrival.timeout == null ? defaultTimeout : arrival.timeout;
        return new Deadline(arrival.at + timeout.toNanos());
    }
}
