package dev.meetgate.history;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class WindowsTest {

    private static final String FROM = "2003-11-24T12:00:00Z";
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    @Test
    void keepsTheRangeOfTheFirstPage() {
        Instant later = NOW.plusSeconds(5);
        var first = Windows.of(FROM, null, "10", null, NOW);
        String cursor = Position.at(NOW.minusSeconds(60)).cursor();

        assertEquals(NOW, first.to());
        assertEquals(later, Windows.of(FROM, null, "10", cursor, later).to());
        assertEquals(
                later, Windows.of(FROM, later.toString(), "10", null, later).to());
    }
}
