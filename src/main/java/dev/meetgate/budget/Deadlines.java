package dev.meetgate.budget;

import dev.meetgate.budget.RequestTimeout.Arrival;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/** Until when callers wait. */
@Singleton
public class Deadlines {

    private final Duration otherwise;

    Deadlines(RequestConfig config) {
        otherwise = config.requestTimeout();
    }

    /** Gives work on another Vert.x context the deadline of the request at hand, when it is run there. */
    public static Runnable handOver() {
        Optional<Arrival> arrival = RequestTimeout.arrival();
        return () -> arrival.ifPresent(RequestTimeout::arrivedAlready);
    }

    /** That of the request at hand. What is done outside of a request begins now. */
    public Deadline current() {
        Arrival arrival = RequestTimeout.arrival().orElseGet(() -> new Arrival(System.nanoTime(), null));
        Duration timeout = arrival.timeout == null ? otherwise : arrival.timeout;
        return new Deadline(arrival.at + timeout.toNanos());
    }
}
