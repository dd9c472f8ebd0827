package dev.meetgate.caller;

import io.smallrye.common.vertx.ContextLocals;
import io.smallrye.common.vertx.VertxContext;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The arrival of a request, kept in each Vert.x context that works for the request. */
public final class Arrival {

    private static final String KEY = "meetgate.arrival";

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

    /** Marks the request as one that uses GoTo's budget. */
    public void countAgainstBudget() {
        asksGoTo = true;
    }

    public boolean countsAgainstBudget() {
        return asksGoTo;
    }
}
