package dev.meetgate.events;

import dev.meetgate.reactive.Detached;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Wakes once, at the time that was set last. */
final class Alarm {

    /** What is due later is left to the upkeep. */
    private static final Duration SOON = Duration.ofMinutes(2);

    private static final long REACTION_MILLIS = 100;

    private final Vertx vertx;
    private final Detached detached;
    private final Runnable wake;
    private long timer = -1;

    Alarm(Vertx vertx, Detached detached, Runnable wake) {
        this.vertx = vertx;
        this.detached = detached;
        this.wake = wake;
    }

    void wakeNow() {
        wake.run();
    }

    /** @param left how long to wait, or null if there is nothing to wait for */
    synchronized void set(@Nullable Duration left) {
        vertx.cancelTimer(timer);
        if (left != null && left.compareTo(SOON) < 0 && !detached.isStopping()) {
            timer = vertx.setTimer(left.toMillis() + REACTION_MILLIS, due -> wake.run());
        }
    }
}
