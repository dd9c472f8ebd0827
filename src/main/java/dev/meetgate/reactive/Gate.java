package dev.meetgate.reactive;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Lets a limited number of holders in. The others wait in their order, each for a limited time. */
public final class Gate {

    /** Nobody has left in time. */
    public static final class Closed extends RuntimeException {
        private Closed() {
            super("the time in the queue is over");
        }
    }

    /** The right to be inside. Its holder must end it, once or more often. */
    public final class Pass {

        private final AtomicBoolean ended = new AtomicBoolean();

        public void end() {
            if (ended.compareAndSet(false, true)) {
                letNextIn();
            }
        }
    }

    private record Waiting(UniEmitter<? super Pass> emitter) {}

    private final int capacity;
    private final Vertx vertx;
    private final Set<Waiting> queue = new LinkedHashSet<>();
    private int inside;

    public Gate(int capacity, Vertx vertx) {
        this.capacity = capacity;
        this.vertx = vertx;
    }

    /** Fails with {@link Closed} after this time. Must not be cancelled: a pass would be lost. */
    public Uni<Pass> enter(Duration patience) {
        return Uni.createFrom()
                .<Pass>emitter(emitter -> enter(new Waiting(emitter), patience))
                .emitOn(CallersContext.of(vertx));
    }

    private void enter(Waiting waiting, Duration patience) {
        if (hasRoom(waiting)) {
            waiting.emitter().complete(new Pass());
        } else {
            vertx.setTimer(Math.max(1, patience.toMillis()), late -> leave(waiting));
        }
    }

    private synchronized boolean hasRoom(Waiting waiting) {
        if (inside < capacity) {
            inside++;
            return true;
        }
        queue.add(waiting);
        return false;
    }

    private void leave(Waiting waiting) {
        boolean waits;
        synchronized (this) {
            waits = queue.remove(waiting);
        }
        if (waits) {
            waiting.emitter().fail(new Closed());
        }
    }

    private void letNextIn() {
        Waiting next = next();
        if (next != null) {
            next.emitter().complete(new Pass());
        }
    }

    private synchronized @Nullable Waiting next() {
        if (queue.isEmpty()) {
            inside--;
            return null;
        }
        Waiting next = queue.iterator().next();
        queue.remove(next);
        return next;
    }
}
