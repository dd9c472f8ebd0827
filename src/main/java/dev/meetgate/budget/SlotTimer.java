package dev.meetgate.budget;

import io.vertx.core.Vertx;
import java.time.Duration;

/** A timer for the next time at which there is something to do. */
final class SlotTimer {

    private static final long MILLISECOND = Duration.ofMillis(1).toNanos();

    private final Vertx vertx;
    private final Runnable task;
    private boolean set;
    private long time;

    SlotTimer(Vertx vertx, Runnable task) {
        this.vertx = vertx;
        this.task = task;
    }

    /**
     * Sets a timer, unless an earlier one is set. An earlier slot comes after a wrong clock was corrected.
     */
    synchronized void in(long nanos) {
        long at = System.nanoTime() + nanos;
        if (!set || time - at > MILLISECOND) {
            set = true;
            time = at;
            vertx.setTimer(nanos / MILLISECOND + 1, timer -> ring(at));
        }
    }

    private void ring(long at) {
        synchronized (this) {
            set = set && time != at;
        }
        task.run();
    }
}
