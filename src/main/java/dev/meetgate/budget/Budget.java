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

/**
 * Limits the requests to GoTo's API per second, for all replicas together, in an order that is fair to
 * tenants and users.
 */
@Singleton
public class Budget {

    /** A call misses at most this many slots. Otherwise a busy process would only reserve slots. */
    private static final int MOST_LOST = 2;

    /** The pause of the others where a 429 is about one account. */
    private static final Duration SHORT_PAUSE = Duration.ofSeconds(1);

    /** How many requests got a turn, and how many were refused one. */
    public record Used(long granted, long refused) {}

    private final SharedSlots slots;
    private final Vertx vertx;
    private final Turns turns;
    private final Counter pauses;
    private final Holds holds = new Holds();

    Budget(SharedSlots slots, Vertx vertx, MeterRegistry metrics) {
        this.slots = slots;
        this.vertx = vertx;
        turns = new Turns(slots, vertx, metrics);
        pauses = metrics.counter("meetgate.budget.pauses");
        metrics.gauge("meetgate.budget.queued", turns, Turns::queued);
        metrics.gauge(
                "meetgate.budget.backlog.seconds",
                turns,
                waiting -> waiting.backlog().toMillis() / 1e3);
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
            throw turns.refusal(held);
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
                    .<Slot>emitter(emitter -> turns.enter(new Waiting(claim, emitter)))
                    .emitOn(CallersContext.of(vertx))
                    // A delayed event loop must not send requests in bursts.
                    .flatMap(slot -> mayLose > 0 && slots.pace().isTooOld(slot, System.nanoTime())
                            ? slot(claim, mayLose - 1)
                            : Uni.createFrom().item(slot));
        });
    }

    /** The failure of a call whose deadline comes while it waits. */
    public Failure late(Claim claim) {
        return turns.late(claim);
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
        turns.pausing(System.nanoTime() + pause.toNanos());
        return slots.slowDown(slot.speed(), pause)
                .invoke(turns::paused)
                .onFailure()
                .invoke(failure -> Log.warnf(
                        "The other replicas could not be told that GoTo's rate limit was exceeded: %s", failure))
                .onFailure()
                .recoverWithUni(() ->
                        Uni.createFrom().<Long>nullItem().onItem().delayIt().by(pause))
                .onTermination()
                .invoke(turns::notePauseShared)
                .replaceWithVoid();
    }

    public int limit() {
        return slots.pace().limit();
    }

    /** What this replica has given and refused since its start. */
    public Used used() {
        return turns.used();
    }

    /** What the database tells of pauses that GoTo wants. */
    public Uni<Slowness> slowness() {
        return slots.slowness();
    }

    Duration backlog() {
        return turns.backlog();
    }

    public int queued() {
        return turns.queued();
    }
}
