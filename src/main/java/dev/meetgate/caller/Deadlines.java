package dev.meetgate.caller;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/** Until when callers wait. */
@Singleton
public class Deadlines {

    private final Duration defaultTimeout;

    Deadlines(RequestConfig config) {
        defaultTimeout = config.requestTimeout();
    }

    /** Hands the deadline of the request at hand over to another Vert.x context: the one that runs the result. */
    public static Runnable handOver() {
        Optional<Arrival> arrival = Arrival.current();
        return () -> arrival.ifPresent(Arrival::putIntoContext);
    }

    /** The deadline of the request at hand. Work outside of a request begins now. */
    public Deadline current() {
        Arrival arrival = Arrival.current().orElseGet(() -> new Arrival(System.nanoTime(), null));
        Duration timeout = arrival.timeout == null ? defaultTimeout : arrival.timeout;
        return new Deadline(arrival.at + timeout.toNanos());
    }
}
