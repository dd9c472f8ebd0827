package dev.meetgate.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.meetgate.problem.Failure;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WindowsTest {

    private static final String FROM = "2016-11-24T12:00:00Z";
    private static final Instant TEN_YEARS_LATER = Instant.parse("2026-11-24T12:00:00Z");

    @Test
    void keepsTheRangeOfTheFirstPage() {
        Instant later = TEN_YEARS_LATER.plusSeconds(5);
        var first = Windows.of(FROM, null, "10", null, TEN_YEARS_LATER);
        String cursor = Position.at(TEN_YEARS_LATER.minusSeconds(60)).cursor();

        assertEquals(TEN_YEARS_LATER, first.to());
        assertEquals(later, Windows.of(FROM, null, "10", cursor, later).to());
        assertThrows(Failure.InvalidRequest.class, () -> Windows.of(FROM, null, "10", null, later));
    }
}
