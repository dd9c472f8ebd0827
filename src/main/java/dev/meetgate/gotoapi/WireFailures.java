package dev.meetgate.gotoapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.meetgate.problem.Failure;
import io.vertx.core.VertxException;
import io.vertx.sqlclient.DatabaseException;
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

    /**
     * Converts an exception of the client. Its text only reaches the log, except that of a
     * {@link RefusedAnswer}.
     */
    static Failure.GoToUnavailable unavailable(Throwable failure) {
        return causes(failure)
                .filter(RefusedAnswer.class::isInstance)
                .findFirst()
                .map(refused -> Failure.GoToUnavailable.answered(String.valueOf(refused.getMessage()), refused))
                .orElseGet(() -> unusable(failure));
    }

    /** Malformed JSON and headers come from GoTo; other content comes from a proxy. */
    private static Failure.GoToUnavailable unusable(Throwable failure) {
        return failure instanceof IllegalArgumentException || has(JsonProcessingException.class, failure)
                ? Failure.GoToUnavailable.answered("GoTo's answer is not as its API documents it.", failure)
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

    static boolean isRefused(Throwable failure) {
        return has(RefusedAnswer.class, failure);
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
        if (has(DatabaseException.class, failure)) {
            return false;
        }
        return failure instanceof ProcessingException
                || failure instanceof WebApplicationException
                || failure instanceof JsonProcessingException
                || failure instanceof IOException
                || failure instanceof VertxException
                || failure instanceof TimeoutException
                || failure instanceof RefusedAnswer;
    }
}
