package dev.meetgate.budget;

import dev.meetgate.caller.Arrival;
import dev.meetgate.problem.Failure;
import dev.meetgate.reactive.CallersContext;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Lets calls to GoTo's API go, so many in a second of all replicas together, in an order that is fair to tenants and users.
 *
 * <p>Nothing runs while nobody waits: a turn comes with a call, with slots that were taken, or with the time of the next slot. What
 * happens in a turn {@link Pacing} decides, under a lock; what follows from it, calls above all, happens outside.
 */
@Singleton
public class Budget {

    /** How many slots a call may get too late to use them. One more, and this process would be busy with nothing else. */
    private static final int MOST_LOST = 2;

    private static final long MILLISECOND = Duration.ofMillis(1).toNanos();

    private final SharedSlots slots;
    private final Vertx vertx;
    private final Pacing pacing;
    private final AtomicBoolean alarmed = new AtomicBoolean();
    private final Counter granted;
    private final Counter refused;
    private final Counter pauses;
    private final Counter reservations;

    Budget(SharedSlots slots, Vertx vertx, MeterRegistry metrics) {
        this.slots = slots;
        this.vertx = vertx;
        pacing = new Pacing(slots.pace(), System.nanoTime());
        granted = metrics.counter("meetgate.budget.granted");
        refused = metrics.counter("meetgate.budget.refused");
        pauses = metrics.counter("meetgate.budget.pauses");
        reservations = metrics.counter("meetgate.budget.reservations");
        metrics.gauge("meetgate.budget.queued", this, Budget::queued);
    }

    /**
     * A slot for one request, when it is this call's turn. Who cancels leaves the queue; that is also what to do at the deadline.
     *
     * <p>Fails at once with {@link Failure.RateLimited} where the deadline would pass before.
     */
    public Uni<Slot> slot(Claim claim) {
        return slot(claim, MOST_LOST);
    }

    private Uni<Slot> slot(Claim claim, int mayLose) {
        return Uni.createFrom().deferred(() -> {
            Arrival.current().ifPresent(Arrival::countAgainstBudget);
            return Uni.createFrom()
                    .<Slot>emitter(emitter -> enter(new Waiting(claim, emitter)))
                    .emitOn(CallersContext.of(vertx))
                    // A busy event loop must not make requests pile up either.
                    .flatMap(slot -> mayLose > 0 && slots.pace().isTooOld(slot, System.nanoTime())
                            ? slot(claim, mayLose - 1)
                            : Uni.createFrom().item(slot));
        });
    }

    /** What to tell a caller who cannot wait any longer for a slot. */
    public Failure refusal(Claim claim) {
        refused.increment();
        synchronized (pacing) {
            return new Failure.RateLimited(Duration.ofNanos(pacing.wait(claim, System.nanoTime())));
        }
    }

    /**
     * GoTo had too much with this slot's request: all replicas pause, and then go on more slowly. This one pauses though the database
     * is away.
     */
    public Uni<Void> slowDown(Slot slot, Duration pause) {
        pauses.increment();
        paused(System.nanoTime() + pause.toNanos());
        return slots.slowDown(slot.speed(), pause)
                .invoke(this::paused)
                .onFailure()
                .invoke(failure -> Log.warnf(
                        "The other replicas could not be told that GoTo's rate limit was exceeded: %s", failure))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    int limit() {
        return slots.pace().limit();
    }

    /** How long a call would wait behind all that wait now. */
    Duration backlog() {
        synchronized (pacing) {
            return Duration.ofNanos(pacing.wait(pacing.queued(), System.nanoTime()));
        }
    }

    private int queued() {
        synchronized (pacing) {
            return pacing.queued();
        }
    }

    private void enter(Waiting waiting) {
        boolean enters;
        synchronized (pacing) {
            enters = pacing.enter(waiting, System.nanoTime());
        }
        if (enters) {
            waiting.emitter().onTermination(() -> leave(waiting));
            serve();
        } else {
            refuse(waiting);
        }
    }

    private void leave(Waiting waiting) {
        synchronized (pacing) {
            pacing.leave(waiting);
        }
    }

    private void serve() {
        Pacing.Turn turn;
        synchronized (pacing) {
            turn = pacing.turn(System.nanoTime());
        }
        turn.refused().forEach(this::refuse);
        granted.increment(turn.grants().size());
        turn.grants().forEach(grant -> grant.waiting().emitter().complete(grant.slot()));
        if (turn.wanted() > 0) {
            reservations.increment();
            slots.reserve(turn.wanted()).subscribe().with(this::reserved, this::failed);
        }
        turn.wakeIn().ifPresent(this::wakeIn);
    }

    private void refuse(Waiting waiting) {
        waiting.emitter().fail(refusal(waiting.claim()));
    }

    private void reserved(SlotRange slice) {
        synchronized (pacing) {
            pacing.reserved(slice, System.nanoTime());
        }
        serve();
    }

    /** Without the database no call has a token either: its failure is that of all who wait. */
    private void failed(Throwable failure) {
        List<Waiting> all;
        synchronized (pacing) {
            all = pacing.failed();
        }
        all.forEach(waiting -> waiting.emitter().fail(failure));
    }

    private void paused(long until) {
        synchronized (pacing) {
            pacing.paused(until);
        }
        serve();
    }

    /** Slots are in the order of time, so that one alarm at a time is enough. */
    private void wakeIn(long nanos) {
        if (alarmed.compareAndSet(false, true)) {
            vertx.setTimer(nanos / MILLISECOND + 1, timer -> {
                alarmed.set(false);
                serve();
            });
        }
    }
}
