package dev.meetgate.budget;

import dev.meetgate.budget.RequestTimeout.Arrival;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Until when callers wait. */
@Singleton
public class Deadlines {

    private final Duration otherwise;

    Deadlines(RequestConfig config) {
        otherwise = config.requestTimeout();
    }

    /** That of the request at hand. What is done outside of a request begins now. */
    public Deadline current() {
        Arrival arrival = RequestTimeout.arrival().orElseGet(() -> new Arrival(System.nanoTime(), null));
        Duration timeout = arrival.timeout() == null ? otherwise : arrival.timeout();
        return new Deadline(arrival.at() + timeout.toNanos());
    }
}
