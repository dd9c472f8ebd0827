package dev.meetgate;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits until a condition is true, for a limited time. */
public final class Await {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private Await() {}

    public static void until(BooleanSupplier condition) {
        until(PATIENCE, condition);
    }

    public static void until(Duration longest, BooleanSupplier condition) {
        long deadline = System.nanoTime() + longest.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("the condition is not true after %d s".formatted(longest.toSeconds()));
            }
            // The code that makes the condition true needs the processor.
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
