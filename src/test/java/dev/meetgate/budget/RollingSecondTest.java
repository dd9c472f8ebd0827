package dev.meetgate.budget;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meetgate.caller.User;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Simulates half a minute of three replicas with one budget and counts the calls at GoTo. Calls come in
 * waves, and the database and the network to GoTo are slow.
 */
class RollingSecondTest {

    private static final long MILLISECOND = Duration.ofMillis(1).toNanos();
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long END = 30 * SECOND;

    private record Event(long at, Runnable step) {}

    private final Random random = new Random(4);
    private final PriorityQueue<Event> events = new PriorityQueue<>(Comparator.comparing(Event::at));
    private final List<Long> arrivals = new ArrayList<>();
    private long nextSlot;

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "1, 200",
        "2, 1",
        "8, 1",
        "8, 40",
        "8, 1000",
        "25, 1",
        "50, 40",
        "50, 300",
        "1000, 1",
        "1000, 100"
    })
    @Tag("thorough")
    void exceedsTheLimitByAtMostTwoCalls(int limit, int slowestAnswerMillis) {
        var pace = new Pace(limit);
        for (int replica = 0; replica < 3; replica++) {
            new Replica(pace, slowestAnswerMillis * MILLISECOND).begin();
        }
        while (!events.isEmpty()) {
            events.remove().step.run();
        }
        arrivals.sort(null);

        int peak = peak();
        System.out.printf(
                "limit %d, answers of the database within %d ms: %d calls in %d s, at most %d in a second%n",
                limit, slowestAnswerMillis, arrivals.size(), END / SECOND, peak);
        assertTrue(peak <= limit + 2, "GoTo saw " + peak);
        assertTrue(slowestAnswerMillis > 200 || arrivals.size() > 0.5 * limit * END / SECOND, "the budget is not used");
    }

    private int peak() {
        int peak = 0;
        int first = 0;
        for (int last = 0; last < arrivals.size(); last++) {
            while (arrivals.get(last) - arrivals.get(first) >= SECOND) {
                first++;
            }
            peak = Math.max(peak, last - first + 1);
        }
        return peak;
    }

    private long upTo(long nanos) {
        return random.nextLong(Math.max(1, nanos));
    }

    private final class Replica {

        private final Pace pace;
        private final long slowestAnswer;
        private final Pacing pacing;
        private long delay;
        private boolean alarmed;

        Replica(Pace pace, long slowestAnswer) {
            this.pace = pace;
            this.slowestAnswer = slowestAnswer;
            this.pacing = new Pacing(pace, 0);
        }

        /**
         * The waves have about as many calls as the budget allows: it is idle at times and behind at others.
         */
        void begin() {
            for (long at = upTo(SECOND); at < END; at += upTo(4 * SECOND)) {
                long wave = at;
                int calls = 1 + random.nextInt(1 + pace.limit() * 4 / 3);
                for (int call = 0; call < calls; call++) {
                    events.add(new Event(wave, () -> come(wave)));
                }
            }
        }

        private void come(long now) {
            if (pacing.enter(PacingTest.waiting(new User("acme", "alice"), END), now)) {
                serve(now);
            }
        }

        private void serve(long now) {
            Pacing.Turn turn = pacing.turn(now);
            turn.grants()
                    .forEach(grant ->
                            arrivals.add(now + upTo(pace.interval() * Math.max(2, pace.limit() / 10) * 5 / 8)));
            if (turn.wanted() > 0) {
                long asked = now + upTo(slowestAnswer);
                events.add(new Event(asked, () -> reserve(turn.wanted(), asked)));
            }
            turn.wakeIn().ifPresent(nanos -> wakeAt(now + nanos));
        }

        private void wakeAt(long at) {
            if (!alarmed) {
                alarmed = true;
                events.add(new Event(at, () -> {
                    alarmed = false;
                    serve(at);
                }));
            }
        }

        /** Computes the same as the SQL statement. */
        private void reserve(int slots, long now) {
            nextSlot = Math.max(nextSlot, now + delay - pace.credit()) + slots * pace.interval();
            var slice = new SlotRange(nextSlot, pace.interval(), slots, 1);
            delay = upTo(slowestAnswer);
            long answered = now + delay;
            events.add(new Event(answered, () -> {
                pacing.reserved(slice, answered);
                serve(answered);
            }));
        }
    }
}
