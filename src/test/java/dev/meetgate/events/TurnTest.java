package dev.meetgate.events;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TurnTest {

    @Test
    void isOneAtATime() {
        var turn = new Turn();

        assertTrue(turn.begin());
        assertFalse(turn.begin());
        turn.end();
        assertTrue(turn.begin());
    }

    @Test
    void saysWhetherOthersWantedItMeanwhile() {
        var turn = new Turn();
        turn.begin();
        assertFalse(turn.end());
        turn.begin();
        turn.begin();
        assertTrue(turn.end());
        turn.begin();
        assertFalse(turn.end());
    }
}
