package dev.meetgate.budget;

import dev.meetgate.problem.Failure;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;

/**
 * Gives the calls of this process their turns. Runs only while calls wait: on a new call, on newly reserved
 * slots, or at the time of the next slot.
 *
 * <p>{@link Pacing} decides under a lock; the decision is carried out outside the lock.
 */
final class Turns {

    private static final long SLOW_RESERVATION = Duration.ofMillis(200).toNanos();

    private final SharedSlots slots;
    private final Pacing pacing;
    private final SlotTimer timer;

    /** By {@link System#nanoTime}; 0 while no statement is under way. */
    private volatile long reservingSince;

    private final Counter granted;
    private final Counter refused;
    private final Counter reservations;

    Turns(SharedSlots slots, Vertx vertx, MeterRegistry metrics) {
        this.slots = slots;
        pacing = new Pacing(slots.pace(), System.nanoTime());
        timer = new SlotTimer(vertx, this::serve);
        granted = metrics.counter("meetgate.budget.granted");
        refused = metrics.counter("meetgate.budget.refused");
        reservations = metrics.counter("meetgate.budget.reservations");
    }

    void enter(Waiting waiting) {
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
            reservingSince = System.nanoTime();
            slots.reserve(turn.wanted()).subscribe().with(this::reserved, this::failed);
        }
        turn.wakeIn().ifPresent(timer::in);
    }

    private void reserved(SlotRange range) {
        reservingSince = 0;
        synchronized (pacing) {
            pacing.reserved(range, System.nanoTime());
        }
        serve();
    }

    /** Every queued call fails: without the database there are no access tokens either. */
    private void failed(Throwable failure) {
        reservingSince = 0;
        List<Waiting> all;
        synchronized (pacing) {
            all = pacing.failed();
        }
        all.forEach(waiting -> waiting.emitter().fail(failure));
    }

    private void refuse(Waiting waiting) {
        waiting.emitter().fail(refusal(waiting.claim()));
    }

    private Failure refusal(Claim claim) {
        refused.increment();
        synchronized (pacing) {
            return new Failure.RateLimited(Duration.ofNanos(pacing.wait(claim, System.nanoTime())));
        }
    }

    /** The failure of a call that cannot wait as long as GoTo wants. */
    Failure refusal(Duration wait) {
        refused.increment();
        return new Failure.RateLimited(wait);
    }

    /** The failure of a call whose deadline comes while it waits. */
    Failure late(Claim claim) {
        long since = reservingSince;
        return since != 0 && System.nanoTime() - since > SLOW_RESERVATION
                ? Failure.Unavailable.ofDatabase()
                : refusal(claim);
    }

    void pausing(long until) {
        synchronized (pacing) {
            pacing.pausing(until);
        }
        serve();
    }

    void paused(long until) {
        synchronized (pacing) {
            pacing.paused(until);
        }
        serve();
    }

    void notePauseShared() {
        synchronized (pacing) {
            pacing.notePauseShared();
        }
        serve();
    }

    Budget.Used used() {
        return new Budget.Used((long) granted.count(), (long) refused.count());
    }

    Duration backlog() {
        synchronized (pacing) {
            return Duration.ofNanos(pacing.wait(pacing.queued(), System.nanoTime()));
        }
    }

    int queued() {
        synchronized (pacing) {
            return pacing.queued();
        }
    }
}
