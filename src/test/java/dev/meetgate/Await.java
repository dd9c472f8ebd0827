package dev.meetgate;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what will come by itself, and not for ever. */
public final class Await {

    private static final long PATIENCE_SECONDS = 40;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private Await() {}

    public static void until(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("it did not come to pass within %d s".formatted(PATIENCE_SECONDS));
            }
            // For what is waited for needs the processor.
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
