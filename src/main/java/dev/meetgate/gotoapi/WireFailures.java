package dev.meetgate.gotoapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.meetgate.problem.Failure;
import io.vertx.core.VertxException;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Classifies calls to GoTo that ended without a usable answer. */
final class WireFailures {

    private WireFailures() {}

    /** Converts an exception of the client. The exception's text only reaches the log. */
    static Failure.GoToUnavailable unavailable(Throwable failure) {
        if (isTooLong(failure)) {
            return Failure.GoToUnavailable.answered("GoTo's answer is too large.", failure);
        }
        // Malformed JSON comes from GoTo; other content comes from a proxy.
        return has(JsonProcessingException.class, failure)
                ? Failure.GoToUnavailable.answered("GoTo's answer is not the expected JSON.", failure)
                : new Failure.GoToUnavailable("GoTo could not be reached, or its answer is unusable.", failure);
    }

    /** Without a connection, GoTo has not received the request. */
    static boolean isUnsent(Throwable failure) {
        return causes(failure)
                .anyMatch(cause -> cause instanceof ConnectException || cause instanceof UnknownHostException);
    }

    /** No answer at all. Other users' requests would fail too. */
    static boolean isSilence(Throwable failure) {
        return failure instanceof Failure.GoToUnavailable unavailable && !unavailable.isAnswer();
    }

    /** A repetition would get an answer of the same length. */
    static boolean isTooLong(Throwable failure) {
        return has(AnswerBounds.TooLong.class, failure);
    }

    private static boolean has(Class<? extends Throwable> type, Throwable failure) {
        return causes(failure).anyMatch(type::isInstance);
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
    }

    /** Vert.x and the REST client report unreadable answers as errors of the caller. */
    static boolean isUnreadable(Throwable failure) {
        return failure instanceof IllegalArgumentException || failure instanceof IllegalStateException;
    }

    /** Exceptions of the HTTP client: GoTo is unavailable. */
    static boolean isOfTheWire(Throwable failure) {
        return failure instanceof ProcessingException
                || failure instanceof WebApplicationException
                || failure instanceof JsonProcessingException
                || failure instanceof IOException
                || failure instanceof VertxException
                || failure instanceof TimeoutException;
    }
}
