package dev.meetgate.budget;

import dev.meetgate.reactive.FairQueue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;

/**
 * Assigns slots to calls within this process. The caller provides the time, which never goes back. Not
 * thread-safe.
 *
 * <ol>
 *   <li>A slot is used neither before its time nor when it is too old. Missed slots are lost and do not
 *       accumulate.
 *   <li>A slot is assigned when it is due, so that the order can change until then.
 *   <li>Slots are reserved for queued calls and, at high limits, for as many as came just now: one statement
 *       reserves several. The reservations end early enough for other replicas.
 *   <li>A call is refused as soon as its wait is known to exceed its deadline.
 * </ol>
 */
final class Pacing {

    record Turn(List<Grant> grants, List<Waiting> refused, int wanted, OptionalLong wakeIn) {}

    record Grant(Waiting waiting, Slot slot) {}

    private final Pace pace;
    private final FairQueue<Waiting> queue = new FairQueue<>();
    private final Deque<Slot> slots = new ArrayDeque<>();
    private final RecentCalls expected;
    private boolean reserving;

    /** Whether waits may have become longer than estimated when the calls were queued. */
    private boolean isLater;

    /** The time from which slots are free, as far as this process knows. */
    private long end;

    /**
     * Slots before this time are unusable, where the reservation began before the database knew of a pause.
     */
    private long quietUntil;

    /** Pauses that the database does not know yet. */
    private int unshared;

    /** The usual distance between two slots of this process, with other replicas' slots in between. */
    private long distance;

    Pacing(Pace pace, long now) {
        this.pace = pace;
        this.expected = new RecentCalls(pace.patience());
        this.end = now;
        this.quietUntil = now - pace.credit();
        this.distance = pace.interval();
    }

    /** Queues the call. Returns false if its deadline comes before its slot. */
    boolean enter(Waiting waiting, long now) {
        if (waiting.claim().deadline().isBefore(now + wait(waiting.claim(), now))) {
            return false;
        }
        queue.add(waiting.claim().user(), waiting);
        return true;
    }

    void leave(Waiting waiting) {
        queue.remove(waiting.claim().user(), waiting);
    }

    int queued() {
        return queue.size();
    }

    long wait(Claim claim, long now) {
        return wait(queue.ahead(claim.user()), now);
    }

    long wait(int ahead, long now) {
        long next = slots.isEmpty() ? end : slots.getFirst().from();
        return Math.max(0, next - now) + ahead * distance;
    }

    Turn turn(long now) {
        while (!slots.isEmpty() && pace.isTooOld(slots.getFirst(), now)) {
            slots.removeFirst();
        }
        var refused = isLater ? refused(now) : List.<Waiting>of();
        isLater = false;
        var grants = new ArrayList<Grant>();
        while (queue.size() > 0 && !slots.isEmpty() && slots.getFirst().from() <= now) {
            grants.add(new Grant(queue.remove(), slots.removeFirst()));
        }
        expected.count(grants.size(), now);
        boolean wakes = queue.size() > 0 && !slots.isEmpty();
        return new Turn(
                grants,
                refused,
                wanted(now),
                wakes ? OptionalLong.of(slots.getFirst().from() - now) : OptionalLong.empty());
    }

    private List<Waiting> refused(long now) {
        long earliest = now + wait(0, now);
        var refused = new ArrayList<Waiting>();
        queue.forEach(waiting -> {
            if (waiting.claim().deadline().isBefore(earliest)) {
                refused.add(waiting);
            }
        });
        refused.forEach(this::leave);
        return refused;
    }

    /** Reserves the next slots before the last one is used. */
    private int wanted(long now) {
        int enough =
                Math.min(pace.mostAtOnce(), Math.max(queue.size(), Math.min(pace.mostExpected(), expected.calls(now))));
        if (reserving || unshared > 0 || slots.size() * 2 >= enough) {
            return 0;
        }
        reserving = true;
        return enough - slots.size();
    }

    void reserved(SlotRange range, long now) {
        reserving = false;
        long own = (range.end() - end) / range.size();
        boolean inARow = end - now > 0;
        distance = inARow ? Math.max(range.interval(), (3 * distance + own) / 4) : range.interval();
        end = range.end();
        var usable = range.slots().filter(slot -> slot.from() - quietUntil >= 0).toList();
        quietUntil = now - pace.credit();
        dropLaterThan(usable);
        slots.addAll(usable);
        isLater = true;
    }

    /**
     * Drops held slots that are later than new ones. The shared time line was corrected, and the held slots
     * belong to the wrong one.
     */
    private void dropLaterThan(List<Slot> usable) {
        if (!usable.isEmpty()) {
            slots.removeIf(slot -> slot.from() - usable.get(0).from() > 0);
        }
    }

    List<Waiting> failed() {
        reserving = false;
        var all = new ArrayList<Waiting>();
        queue.forEach(all::add);
        all.forEach(this::leave);
        return all;
    }

    /** Pauses this process until the database knows of the pause, whose slots are later then. */
    void pausing(long until) {
        unshared++;
        paused(until);
    }

    /** Invalidates all slots that are held or being reserved. */
    void paused(long until) {
        slots.clear();
        quietUntil = Math.max(quietUntil, until);
        end = Math.max(end, until);
        isLater = true;
    }

    /** The database knows of the pause, or the pause is over. */
    void notePauseShared() {
        unshared--;
    }
}
