package dev.meetgate.reactive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meetgate.caller.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class FairQueueTest {

    private static final User ALICE = new User("acme", "alice");
    private static final User BOB = new User("acme", "bob");
    private static final User CAROL = new User("globex", "carol");

    private final FairQueue<String> queue = new FairQueue<>();

    @Test
    void alternatesBetweenTenants() {
        add(ALICE, "a1", "a2", "a3", "a4");
        add(CAROL, "c1", "c2");

        assertEquals(List.of("a1", "c1", "a2", "c2", "a3", "a4"), drained());
    }

    @Test
    void alternatesBetweenUsersOfATenant() {
        add(ALICE, "a1", "a2", "a3");
        add(BOB, "b1");
        add(CAROL, "c1", "c2", "c3");

        assertEquals(List.of("a1", "c1", "b1", "c2", "a2", "c3", "a3"), drained());
    }

    @Test
    void neverServesATenantTwiceInARowWhileAnotherWaits() {
        add(ALICE, "a1", "a2", "a3", "a4");
        assertEquals("a1", queue.remove());
        add(CAROL, "c1");
        assertEquals("c1", queue.remove());
        add(CAROL, "c2");

        assertEquals(List.of("a2", "c2", "a3", "a4"), drained());
    }

    @Test
    void removesACallWhoseCallerLeaves() {
        add(ALICE, "a1", "a2");
        add(BOB, "b1");

        assertTrue(queue.remove(ALICE, "a1"));
        assertTrue(queue.remove(BOB, "b1"));
        assertFalse(queue.remove(BOB, "b1"));
        assertFalse(queue.remove(CAROL, "c1"));
        assertEquals(1, queue.size());
        assertEquals(List.of("a2"), drained());
    }

    @Test
    void countsTheCallsAhead() {
        assertEquals(0, queue.ahead(ALICE));
        add(ALICE, "a1", "a2", "a3", "a4");

        assertEquals(4, queue.ahead(ALICE));
        assertEquals(1, queue.ahead(BOB));
        assertEquals(1, queue.ahead(CAROL));
    }

    @RepeatedTest(50)
    void neverServesACallLaterThanPromised() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        for (int call = 0; call < 200; call++) {
            add(user(random), "other");
        }
        User user = user(random);
        int promised = queue.ahead(user);
        queue.add(user, "mine");

        int given = drained().indexOf("mine");
        assertTrue(given <= promised, given + " > " + promised + " with the seed " + seed);
    }

    private static User user(Random random) {
        return new User("tenant " + random.nextInt(3), "user " + random.nextInt(1 + random.nextInt(10)));
    }

    private void add(User user, String... elements) {
        for (String element : elements) {
            queue.add(user, element);
        }
    }

    private List<String> drained() {
        var all = new ArrayList<String>();
        while (queue.size() > 0) {
            all.add(queue.remove());
        }
        return all;
    }
}
