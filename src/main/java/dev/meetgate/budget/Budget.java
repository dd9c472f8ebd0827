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

/**
 * Limits the requests to GoTo's API per second, for all replicas together, in an order that is fair to
 * tenants and users.
 *
 * <p>Runs only while calls wait: on a new call, on newly reserved slots, or at the time of the next slot.
 * {@link Pacing} decides under a lock; the decision is carried out outside the lock.
 */
@Singleton
public class Budget {

    /** A call misses at most this many slots. Otherwise a busy process would only reserve slots. */
    private static final int MOST_LOST = 2;

    private static final long SLOW_RESERVATION = Duration.ofMillis(200).toNanos();

    private static final long MILLISECOND = Duration.ofMillis(1).toNanos();

    /** The pause of the others where a 429 is about one account. */
    private static final Duration SHORT_PAUSE = Duration.ofSeconds(1);

    /** How many requests got a turn, and how many were refused one. */
    public record Used(long granted, long refused) {}

    private final SharedSlots slots;
    private final Vertx vertx;
    private final Pacing pacing;
    private final Holds holds = new Holds();
    /** By {@link System#nanoTime}; 0 while no statement is under way. */
    private volatile long reservingSince;

    private final Counter granted;
    private final Counter refused;
    private final Counter pauses;
    private final Counter reservations;
    private boolean alarmed;
    private long alarm;

    Budget(SharedSlots slots, Vertx vertx, MeterRegistry metrics) {
        this.slots = slots;
        this.vertx = vertx;
        pacing = new Pacing(slots.pace(), System.nanoTime());
        granted = metrics.counter("meetgate.budget.granted");
        refused = metrics.counter("meetgate.budget.refused");
        pauses = metrics.counter("meetgate.budget.pauses");
        reservations = metrics.counter("meetgate.budget.reservations");
        metrics.gauge("meetgate.budget.queued", this, Budget::queued);
        metrics.gauge(
                "meetgate.budget.backlog.seconds",
                this,
                budget -> budget.backlog().toMillis() / 1e3);
    }

    /**
     * Waits for a slot for one request. To leave the queue, cancel; callers cancel at the deadline.
     *
     * <p>Fails immediately with {@link Failure.RateLimited} if the deadline comes before the slot.
     *
     * @param path the path at GoTo, for which the user may have to wait longer than others
     */
    public Uni<Slot> slot(Claim claim, String path) {
        return Uni.createFrom().deferred(() -> {
            Duration held = holds.left(claim.user(), path, System.nanoTime());
            return held.isZero() ? slot(claim, MOST_LOST) : slotAfter(held, claim);
        });
    }

    private Uni<Slot> slotAfter(Duration held, Claim claim) {
        if (claim.deadline().isBefore(System.nanoTime() + held.toNanos())) {
            refused.increment();
            throw new Failure.RateLimited(held);
        }
        return Uni.createFrom()
                .voidItem()
                .onItem()
                .delayIt()
                .by(held)
                .emitOn(CallersContext.of(vertx))
                .flatMap(waited -> slot(claim, MOST_LOST));
    }

    private Uni<Slot> slot(Claim claim, int mayLose) {
        return Uni.createFrom().deferred(() -> {
            Arrival.current().ifPresent(Arrival::countAgainstBudget);
            return Uni.createFrom()
                    .<Slot>emitter(emitter -> enter(new Waiting(claim, emitter)))
                    .emitOn(CallersContext.of(vertx))
                    // A delayed event loop must not send requests in bursts.
                    .flatMap(slot -> mayLose > 0 && slots.pace().isTooOld(slot, System.nanoTime())
                            ? slot(claim, mayLose - 1)
                            : Uni.createFrom().item(slot));
        });
    }

    /** The failure of a call whose deadline comes while it waits. */
    public Failure late(Claim claim) {
        long since = reservingSince;
        return since != 0 && System.nanoTime() - since > SLOW_RESERVATION
                ? new Failure.Unavailable("MeetGate's database does not answer.")
                : refusal(claim);
    }

    private Failure refusal(Claim claim) {
        refused.increment();
        synchronized (pacing) {
            return new Failure.RateLimited(Duration.ofNanos(pacing.wait(claim, System.nanoTime())));
        }
    }

    /**
     * Pauses and slows down all replicas after a 429, or only this one without the database.
     *
     * <p>GoTo limits the requests of a client by the second. A wait that is longer than some seconds is
     * therefore about the user's account; {@link Holds} keeps that user waiting, and the others wait for a
     * second.
     */
    public Uni<Void> slowDown(Claim claim, String path, Slot slot, Duration retryAfter) {
        pauses.increment();
        boolean isOfTheAccount = retryAfter.compareTo(SharedSlots.LONGEST_PAUSE) > 0;
        if (isOfTheAccount) {
            holds.add(claim.user(), path, retryAfter, System.nanoTime());
        }
        Duration pause = isOfTheAccount ? SHORT_PAUSE : retryAfter;
        pausing(System.nanoTime() + pause.toNanos());
        return slots.slowDown(slot.speed(), pause)
                .invoke(this::paused)
                .onFailure()
                .invoke(failure -> Log.warnf(
                        "The other replicas could not be told that GoTo's rate limit was exceeded: %s", failure))
                .onFailure()
                .recoverWithUni(() ->
                        Uni.createFrom().<Long>nullItem().onItem().delayIt().by(pause))
                .onTermination()
                .invoke(this::pauseIsShared)
                .replaceWithVoid();
    }

    public int limit() {
        return slots.pace().limit();
    }

    /** What this replica has given and refused since its start. */
    public Used used() {
        return new Used((long) granted.count(), (long) refused.count());
    }

    /** What the database tells of pauses that GoTo wants. */
    public Uni<Slowness> slowness() {
        return slots.slowness();
    }

    Duration backlog() {
        synchronized (pacing) {
            return Duration.ofNanos(pacing.wait(pacing.queued(), System.nanoTime()));
        }
    }

    public int queued() {
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
            reservingSince = System.nanoTime();
            slots.reserve(turn.wanted()).subscribe().with(this::reserved, this::failed);
        }
        turn.wakeIn().ifPresent(this::wakeIn);
    }

    private void refuse(Waiting waiting) {
        waiting.emitter().fail(refusal(waiting.claim()));
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

    private void pausing(long until) {
        synchronized (pacing) {
            pacing.pausing(until);
        }
        serve();
    }

    private void paused(long until) {
        synchronized (pacing) {
            pacing.paused(until);
        }
        serve();
    }

    private void pauseIsShared() {
        synchronized (pacing) {
            pacing.pauseIsShared();
        }
        serve();
    }

    /**
     * Sets a timer, unless an earlier one is set. An earlier slot comes after a wrong clock was corrected.
     */
    private synchronized void wakeIn(long nanos) {
        long at = System.nanoTime() + nanos;
        if (!alarmed || alarm - at > MILLISECOND) {
            alarmed = true;
            alarm = at;
            vertx.setTimer(nanos / MILLISECOND + 1, timer -> wake(at));
        }
    }

    private void wake(long at) {
        synchronized (this) {
            alarmed = alarmed && alarm != at;
        }
        serve();
    }
}
