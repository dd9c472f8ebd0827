package dev.meetgate.events;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class OneAtATimeTest {

    @Test
    void isOneAtATime() {
        var looking = new OneAtATime();

        assertTrue(looking.begin());
        assertFalse(looking.begin());
        looking.end();
        assertTrue(looking.begin());
    }

    @Test
    void saysWhetherOthersWantedItMeanwhile() {
        var looking = new OneAtATime();
        looking.begin();
        assertFalse(looking.end());
        looking.begin();
        looking.begin();
        assertTrue(looking.end());
        looking.begin();
        assertFalse(looking.end());
    }
}
