package dev.meetgate.budget;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;

/**
 * Who gets which slot when, in this process. Not thread-safe, and it knows no time but what it is told.
 *
 * <ol>
 *   <li>No slot is used before its time, and none that is too old: whatever came late is lost, it does not pile up.
 *   <li>A slot is given to a call when it is due and not before, so that whose turn it is can still change.
 *   <li>Slots are taken for the calls that wait, and at high limits for those that the last moment makes expect, so that taking
 *       them costs less than a statement each; and for no longer than others can wait.
 *   <li>Who would wait beyond their deadline is refused as soon as that is known.
 * </ol>
 */
final class Pacing {

    /**
     * What is to be done now.
     *
     * @param wanted how many slots are to be taken; 0 for none
     * @param wakeIn after so many nanoseconds it is somebody's turn again
     */
    record Turn(List<Grant> grants, List<Waiting> refused, int wanted, OptionalLong wakeIn) {}

    record Grant(Waiting waiting, Slot slot) {}

    private final Pace pace;
    private final FairQueue<Waiting> queue = new FairQueue<>();
    private final Deque<Slot> slots = new ArrayDeque<>();
    private final RecentCalls expected;
    private boolean reserving;

    /** Whether those who wait may have to wait longer than they were promised. */
    private boolean isLater;

    /** Where the slots begin that this process has not, as far as it knows. */
    private long end;

    /** Since GoTo had too much, no slot before this is used. */
    private long quietUntil;

    /** From one slot of this process to its next, as others take theirs between. */
    private long distance;

    Pacing(Pace pace, long now) {
        this.pace = pace;
        this.expected = new RecentCalls(pace.patience());
        this.end = now;
        this.quietUntil = now - pace.credit();
        this.distance = pace.interval();
    }

    /** Whether the call waits from now on. If not, it would wait in vain. */
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

    /** How long a call would wait that came now, as far as can be told. */
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

    /** Before the last slot is used the next ones are on their way. */
    private int wanted(long now) {
        int enough =
                Math.min(pace.mostAtOnce(), Math.max(queue.size(), Math.min(pace.mostExpected(), expected.calls(now))));
        if (reserving || slots.size() * 2 >= enough) {
            return 0;
        }
        reserving = true;
        return enough - slots.size();
    }

    void reserved(SlotRange slice, long now) {
        reserving = false;
        long own = (slice.end() - end) / slice.size();
        boolean inARow = end - now > 0;
        distance = inARow ? Math.max(slice.interval(), (3 * distance + own) / 4) : slice.interval();
        end = slice.end();
        slice.slots().filter(slot -> slot.from() - quietUntil >= 0).forEach(slots::add);
        isLater = true;
    }

    List<Waiting> failed() {
        reserving = false;
        var all = new ArrayList<Waiting>();
        queue.forEach(all::add);
        all.forEach(this::leave);
        return all;
    }

    /** The slots that this process has are void, and so are those that are on their way. */
    void paused(long until) {
        slots.clear();
        quietUntil = Math.max(quietUntil, until);
        end = Math.max(end, until);
        isLater = true;
    }
}
