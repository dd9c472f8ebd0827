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

/** Failures of a call to GoTo that are not an answer, and what they mean. */
final class WireFailures {

    private WireFailures() {}

    /** What a failure of the client means. Its own text stays in the log. */
    static Failure.GoToUnavailable unavailable(Throwable failure) {
        if (isTooLong(failure)) {
            return Failure.GoToUnavailable.answered("GoTo's answer is too large.", failure);
        }
        // Bad JSON is GoTo's; any other content is a proxy's.
        return has(JsonProcessingException.class, failure)
                ? Failure.GoToUnavailable.answered("GoTo's answer is not the expected JSON.", failure)
                : new Failure.GoToUnavailable("GoTo could not be reached, or its answer is unusable.", failure);
    }

    /** There was no connection, and so GoTo has not seen the request. */
    static boolean isUnsent(Throwable failure) {
        return causes(failure)
                .anyMatch(cause -> cause instanceof ConnectException || cause instanceof UnknownHostException);
    }

    /** Nobody answered: the next request would fare no better, whoever's it is. */
    static boolean isSilence(Throwable failure) {
        return failure instanceof Failure.GoToUnavailable unavailable && !unavailable.isAnswer();
    }

    /** The next answer would be as long. */
    static boolean isTooLong(Throwable failure) {
        return has(AnswerBounds.TooLong.class, failure);
    }

    private static boolean has(Class<? extends Throwable> type, Throwable failure) {
        return causes(failure).anyMatch(type::isInstance);
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
    }

    /** Vert.x and the REST client take an answer that they cannot read for a mistake of ours. */
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
