package dev.meetgate.gotoapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.meetgate.problem.Failure;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoToErrorsTest {

    @ParameterizedTest
    @CsvSource({"7, 7", "900, 600", "999999999, 600", "soon, 1", "'Wed, 21 Oct 2015 07:28:00 GMT', 1"})
    void limitsTheWaitThatGoToAsksFor(String retryAfter, long seconds) {
        var throttled = GoToErrors.Throttled.of(retryAfter, Instant.now());

        assertEquals(Duration.ofSeconds(seconds), throttled.retryAfter());
    }

    @ParameterizedTest
    @CsvSource({"302, true", "408, false", "500, true", "501, true", "502, false", "503, false", "504, false"})
    void distinguishesErrorsOfGoToFromErrorsOfItsProxies(int status, boolean isGoTos) {
        var unavailable = assertInstanceOf(Failure.GoToUnavailable.class, GoToErrors.of(status));
        assertEquals(isGoTos, unavailable.isAnswer());
    }
}
