package dev.meetgate;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits until a condition is true, for a limited time. */
public final class Await {

    private static final long PATIENCE_SECONDS = 40;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private Await() {}

    public static void until(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("the condition is not true after %d s".formatted(PATIENCE_SECONDS));
            }
            // The code that makes the condition true needs the processor.
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
