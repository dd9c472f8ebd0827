package dev.meetgate.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonParseException;
import dev.meetgate.problem.Failure;
import io.vertx.core.http.HttpClosedException;
import jakarta.ws.rs.ProcessingException;
import java.io.IOException;
import java.net.ConnectException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WireFailuresTest {

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new ConnectException(), true),
                Arguments.of(new IOException("reset"), true),
                Arguments.of(new HttpClosedException("closed"), true),
                Arguments.of(new TimeoutException(), true),
                Arguments.of(new ProcessingException("no reader for a page"), true),
                Arguments.of(new Failure.GoToUnavailable("GoTo answered 503."), true),
                Arguments.of(new ProcessingException(new JsonParseException(null, "odd")), false),
                Arguments.of(Failure.GoToUnavailable.answered("GoTo answered 500."), false),
                Arguments.of(new Failure.RejectedByGoTo(400), false));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void tellsSilenceFromAnAnswer(Throwable failure, boolean isSilence) {
        assertEquals(isSilence, WireFailures.isSilence(failure));
    }
}
