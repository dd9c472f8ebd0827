package dev.meetgate.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class DatabaseClockTest {

    private static final Instant NOON = Instant.parse("2027-01-15T12:00:00Z");
    private static final long MILLISECOND = 1_000_000;

    private final DatabaseClock clock = new DatabaseClock();

    @Test
    void assumesTheMiddleOfARoundTrip() {
        clock.saw(NOON, 1000 * MILLISECOND, 1010 * MILLISECOND);

        assertEquals(1005 * MILLISECOND, clock.nanoTime(NOON));
        assertEquals(2005 * MILLISECOND, clock.nanoTime(NOON.plusSeconds(1)));
    }

    @Test
    void staysAccurateWhileTheDatabaseIsSlow() {
        clock.saw(NOON, 1000 * MILLISECOND, 1002 * MILLISECOND);
        clock.saw(NOON.plusMillis(1100), 1100 * MILLISECOND, 2102 * MILLISECOND);

        assertEquals(2001 * MILLISECOND, clock.nanoTime(NOON.plusSeconds(1)), MILLISECOND);
    }

    @Test
    void toleratesAReadingThatArrivesLate() {
        clock.saw(NOON, 0, 20 * MILLISECOND);
        clock.saw(NOON.plusMillis(700), 10 * MILLISECOND, 702 * MILLISECOND);

        assertEquals(701 * MILLISECOND, clock.nanoTime(NOON.plusMillis(700)), MILLISECOND);
    }

    @Test
    void trustsAnOldReadingLess() {
        clock.saw(NOON, 0, 2 * MILLISECOND);
        clock.saw(NOON.plusSeconds(60), 60_000 * MILLISECOND, 60_010 * MILLISECOND);

        assertEquals(60_005 * MILLISECOND, clock.nanoTime(NOON.plusSeconds(60)));
    }

    @Test
    void followsAClockThatIsSetBack() {
        clock.saw(NOON, 0, 2 * MILLISECOND);
        clock.saw(NOON.minusSeconds(5), 10 * MILLISECOND, 40 * MILLISECOND);

        assertEquals(25 * MILLISECOND, clock.nanoTime(NOON.minusSeconds(5)));
    }
}
