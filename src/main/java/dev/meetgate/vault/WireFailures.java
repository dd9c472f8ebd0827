package dev.meetgate.vault;

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

/** What may become of a call to GoTo besides an answer, and what that means. */
final class WireFailures {

    private WireFailures() {}

    /** There was no connection, and so GoTo has not seen the request. */
    static boolean isUnsent(Throwable failure) {
        return causes(failure)
                .anyMatch(cause -> cause instanceof ConnectException || cause instanceof UnknownHostException);
    }

    /** The answer was none, or says that it is GoTo's fault. The request may have been executed. */
    static boolean isUnavailability(Throwable failure) {
        return failure instanceof Failure.GoToUnavailable || isOfTheWire(failure);
    }

    /** Nobody answered: the next request would fare no better, whoever's it is. */
    static boolean isSilence(Throwable failure) {
        return isUnavailability(failure) && !isAnswer(failure);
    }

    /** Bad JSON is GoTo's; any other content is from whoever stands before it. */
    private static boolean isAnswer(Throwable failure) {
        return failure instanceof Failure.GoToUnavailable unavailable
                ? unavailable.isAnswer()
                : causes(failure).anyMatch(JsonProcessingException.class::isInstance);
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
    }

    /** What HTTP clients throw, and they alone: whatever is not an answer is GoTo being unavailable. */
    static boolean isOfTheWire(Throwable failure) {
        return failure instanceof ProcessingException
                || failure instanceof WebApplicationException
                || failure instanceof JsonProcessingException
                || failure instanceof IOException
                || failure instanceof VertxException
                || failure instanceof TimeoutException;
    }
}
