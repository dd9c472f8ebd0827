package dev.meetgate.gotoapi;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a suspended request waits for: its token, its slot. Once the caller has left, the wait is cancelled,
 * and the request stays suspended.
 */
final class Suspension {

    private boolean abandoned;
    private int waits;
    private @Nullable Cancellable waiting;

    <T> void waitFor(Uni<T> work, Consumer<T> resume, Consumer<Throwable> fail) {
        int wait = begin();
        Cancellable subscription = work.subscribe().with(whileWanted(resume), whileWanted(fail));
        synchronized (this) {
            // The resumed request may have begun its next wait already.
            if (wait == waits) {
                waiting = subscription;
            }
            if (abandoned) {
                subscription.cancel();
            }
        }
    }

    private synchronized int begin() {
        return ++waits;
    }

    private <T> Consumer<T> whileWanted(Consumer<T> consumer) {
        return item -> {
            if (!isAbandoned()) {
                consumer.accept(item);
            }
        };
    }

    synchronized void abandon() {
        abandoned = true;
        if (waiting != null) {
            waiting.cancel();
        }
    }

    synchronized boolean isAbandoned() {
        return abandoned;
    }
}
