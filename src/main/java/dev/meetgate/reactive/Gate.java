package dev.meetgate.reactive;

import dev.meetgate.caller.User;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Lets a limited number of holders in. The others wait, each for a limited time, and tenants take turns. */
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

    private record Waiting(User user, UniEmitter<? super Pass> emitter) {}

    private final int capacity;
    private final Vertx vertx;
    private final FairQueue<Waiting> queue = new FairQueue<>();
    private int inside;

    public Gate(int capacity, Vertx vertx) {
        this.capacity = capacity;
        this.vertx = vertx;
    }

    /** Fails with {@link Closed} after this time. Must not be cancelled: a pass would be lost. */
    public Uni<Pass> enter(User user, Duration patience) {
        return Uni.createFrom()
                .<Pass>emitter(emitter -> enter(new Waiting(user, emitter), patience))
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
        queue.add(waiting.user(), waiting);
        return false;
    }

    private void leave(Waiting waiting) {
        boolean waits;
        synchronized (this) {
            waits = queue.remove(waiting.user(), waiting);
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
        if (queue.size() == 0) {
            inside--;
            return null;
        }
        return queue.remove();
    }
}
