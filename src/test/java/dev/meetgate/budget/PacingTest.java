package dev.meetgate.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meetgate.caller.Deadline;
import dev.meetgate.caller.User;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PacingTest {

    private static final long MILLISECOND = Duration.ofMillis(1).toNanos();
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final User ALICE = new User("acme", "alice");
    private static final User CAROL = new User("globex", "carol");

    private final Pace pace = new Pace(8);
    private final Pacing pacing = new Pacing(pace, 0);

    @Test
    void reservesOneSlotForOneCall() {
        assertTrue(enters(ALICE, 0));

        assertEquals(1, pacing.turn(0).wanted());
        assertEquals(0, pacing.turn(0).wanted());
    }

    @Test
    void reservesAtMostAnEighthOfASecond() {
        for (int call = 0; call < 50; call++) {
            assertTrue(enters(ALICE, 0));
        }
        assertEquals(1, pacing.turn(0).wanted());
    }

    @Test
    void usesASlotOnlyWhenItIsDue() {
        assertTrue(enters(ALICE, 0));
        pacing.turn(0);
        pacing.reserved(slice(200, 1), 0);

        Pacing.Turn early = pacing.turn(0);
        assertEquals(List.of(), early.grants());
        assertEquals(200 * MILLISECOND, early.wakeIn().orElseThrow());
        assertEquals(1, pacing.turn(200 * MILLISECOND).grants().size());
    }

    @Test
    void replacesASlotThatIsTooOld() {
        assertTrue(enters(ALICE, 0));
        pacing.turn(0);
        long late = pace.credit() + pace.patience() + 1;
        pacing.reserved(slice(0, 1), late);

        Pacing.Turn turn = pacing.turn(late);
        assertEquals(List.of(), turn.grants());
        assertEquals(1, turn.wanted());
    }

    @Test
    void choosesTheCallWhenTheSlotIsDue() {
        for (int call = 0; call < 4; call++) {
            assertTrue(enters(ALICE, 0));
        }
        pacing.turn(0);
        pacing.reserved(slice(100, 2), 0);
        assertEquals(ALICE, grantedTo(100));
        assertTrue(enters(CAROL, 150));

        pacing.reserved(slice(350, 1), 150);
        assertEquals(CAROL, grantedTo(225));
        assertEquals(ALICE, grantedTo(350));
    }

    @Test
    void refusesACallThatCannotBeSentInTime() {
        for (int call = 0; call < 8; call++) {
            assertTrue(enters(ALICE, 0));
        }

        assertEquals(SECOND, pacing.wait(new Claim(ALICE, new Deadline(0)), 0));
        assertFalse(pacing.enter(waiting(ALICE, SECOND - 1), 0));
        assertTrue(pacing.enter(waiting(CAROL, SECOND - 1), 0));
    }

    @Test
    void refusesQueuedCallsThatCanNoLongerBeSentInTime() {
        assertTrue(enters(ALICE, 0));
        assertTrue(pacing.enter(waiting(CAROL, SECOND), 0));
        pacing.paused(2 * SECOND);

        List<Waiting> refused = pacing.turn(0).refused();
        assertEquals(
                List.of(CAROL),
                refused.stream().map(waiting -> waiting.claim().user()).toList());
        assertEquals(1, pacing.queued());
    }

    @Test
    void usesNoReservedSlotDuringAPause() {
        assertTrue(enters(ALICE, 0));
        pacing.turn(0);
        pacing.paused(2 * SECOND);
        pacing.reserved(slice(0, 1), MILLISECOND);

        Pacing.Turn turn = pacing.turn(MILLISECOND);
        assertEquals(List.of(), turn.grants());
        assertEquals(1, turn.wanted());
    }

    @Test
    void reservesNothingBeforeTheDatabaseKnowsOfAPause() {
        assertTrue(enters(ALICE, 0));
        pacing.pausing(2 * SECOND);
        assertEquals(0, pacing.turn(0).wanted());

        pacing.paused(SECOND);
        pacing.notePauseShared();
        assertEquals(1, pacing.turn(0).wanted());
    }

    @Test
    void forgetsAPauseThatTheDatabaseDoesNotHaveAnyMore() {
        assertTrue(enters(ALICE, 0));
        pacing.turn(0);
        pacing.paused(5 * SECOND);
        pacing.reserved(slice(0, 1), 0);
        assertEquals(1, pacing.turn(0).wanted());

        pacing.reserved(slice(10, 1), 0);
        assertEquals(ALICE, grantedTo(10));
    }

    @Test
    void dropsSlotsOfATimeLineThatWasPutRight() {
        var fast = new Pacing(new Pace(1000), 0);
        for (int call = 0; call < 100; call++) {
            assertTrue(fast.enter(waiting(ALICE, Long.MAX_VALUE / 2), 0));
        }
        fast.turn(0);
        long interval = new Pace(1000).interval();
        fast.reserved(new SlotRange(5 * SECOND + interval, interval, 1, 1), 0);
        assertTrue(fast.turn(0).wanted() > 0);
        fast.reserved(new SlotRange(interval, interval, 1, 1), 0);

        Pacing.Turn turn = fast.turn(0);
        assertEquals(1, turn.grants().size());
        assertTrue(turn.wanted() > 0);
    }

    @Test
    void reservesForExpectedCallsAtAHighLimit() {
        var fastPace = new Pace(1000);
        var fast = new Pacing(fastPace, 0);
        int reservations = 0;
        for (int call = 0; call < 1000; call++) {
            long now = call * 2 * MILLISECOND;
            assertTrue(fast.enter(waiting(ALICE, now + SECOND), now));
            for (int wanted = fast.turn(now).wanted();
                    wanted > 0;
                    wanted = fast.turn(now).wanted()) {
                reservations++;
                long end = now - fastPace.credit() + wanted * fastPace.interval();
                fast.reserved(new SlotRange(end, fastPace.interval(), wanted, 1), now);
            }
            assertEquals(0, fast.queued(), "call " + call + " waits");
        }
        assertTrue(reservations < 200, reservations + " reservations");
    }

    private boolean enters(User user, long millis) {
        return pacing.enter(waiting(user, Long.MAX_VALUE / 2), millis * MILLISECOND);
    }

    private User grantedTo(long millis) {
        List<Pacing.Grant> grants = pacing.turn(millis * MILLISECOND).grants();
        assertEquals(1, grants.size());
        return grants.get(0).waiting().claim().user();
    }

    private SlotRange slice(long firstMillis, int size) {
        return new SlotRange(firstMillis * MILLISECOND + size * pace.interval(), pace.interval(), size, 1);
    }

    static Waiting waiting(User user, long deadline) {
        var waiting = new ArrayList<Waiting>();
        Uni.createFrom()
                .<Slot>emitter(emitter -> waiting.add(new Waiting(new Claim(user, new Deadline(deadline)), emitter)))
                .subscribe()
                .with(slot -> {});
        return waiting.get(0);
    }
}
