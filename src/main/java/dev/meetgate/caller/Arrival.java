package dev.meetgate.caller;

import io.smallrye.common.vertx.ContextLocals;
import io.smallrye.common.vertx.VertxContext;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The arrival of a request, kept in each Vert.x context that works for the request. */
public final class Arrival {

    private static final String KEY = "meetgate.arrival";
    private static final String WAITING = "meetgate.waiting";

    /** By {@link System#nanoTime}. */
    final long at;

    final @Nullable Duration timeout;

    private volatile boolean asksGoTo;

    Arrival(long at, @Nullable Duration timeout) {
        this.at = at;
        this.timeout = timeout;
    }

    public static Optional<Arrival> current() {
        return VertxContext.isOnDuplicatedContext() ? ContextLocals.get(KEY) : Optional.empty();
    }

    void putIntoContext() {
        ContextLocals.put(KEY, this);
    }

    /** Marks the context as the request's own, in which nothing goes on after its caller has left. */
    void beginWaiting() {
        putIntoContext();
        ContextLocals.put(WAITING, this);
    }

    /** How long the caller still waits, if the request said so. Absent in work that outlives its caller. */
    public static Optional<Duration> timeLeft() {
        Optional<Arrival> waiting =
                VertxContext.isOnDuplicatedContext() ? ContextLocals.get(WAITING) : Optional.empty();
        return waiting.flatMap(arrival -> Optional.ofNullable(arrival.timeout)
                .map(timeout -> new Deadline(arrival.at + timeout.toNanos()).left()));
    }

    /** Marks the request as one that uses GoTo's budget. */
    public void countAgainstBudget() {
        asksGoTo = true;
    }

    public boolean countsAgainstBudget() {
        return asksGoTo;
    }
}
