package dev.meetgate.database;

import dev.meetgate.problem.Failure;
import io.vertx.core.VertxException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.net.ConnectException;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.util.Objects;
import java.util.stream.Stream;

/** Tells what a failure of the database client says of the statement. */
public final class DatabaseErrors {

    /**
     * The SQL states of an unavailable database (PostgreSQL, Appendix A). Other states are bugs. Prepared
     * statements are lost (26000) or exist twice (42P05) behind a pooler without its settings.
     */
    private static final String PASSING = "08...|26000|28...|3D000|40...|42P05|53...|55P03|57...|25006";

    /** The server is read-only or only starts. It has executed nothing. */
    private static final String REFUSED = "25006|57P03";

    /** The server ended the connection. A statement that was under way may have been executed. */
    private static final String ENDED = "57P0[1235]|08...";

    /** A value that its type does not allow, or that violates a constraint. */
    private static final String WRONG_VALUES = "22...|23...";

    private DatabaseErrors() {}

    static boolean wasNotExecuted(Throwable failure) {
        return isCausedBy(failure, NotExecuted.class) || hasState(failure, REFUSED);
    }

    static boolean isLost(Throwable failure) {
        return wasNotExecuted(failure) || isAnswerLost(failure);
    }

    /** Whether the connection ended after a statement was sent, which may have been executed. */
    public static boolean isAnswerLost(Throwable failure) {
        boolean isEnded = isCausedBy(failure, ClosedConnectionException.class)
                || isCausedBy(failure, ClosedChannelException.class)
                || isReset(failure)
                || isCausedBy(failure, NoStackTraceThrowable.class)
                || hasState(failure, ENDED);
        return isEnded && !wasNotExecuted(failure);
    }

    static boolean isOfValues(Throwable failure) {
        return hasState(failure, WRONG_VALUES);
    }

    private static boolean isReset(Throwable failure) {
        return isCausedBy(failure, SocketException.class) && !isCausedBy(failure, ConnectException.class);
    }

    private static boolean isCausedBy(Throwable failure, Class<? extends Throwable> type) {
        return causes(failure).anyMatch(type::isInstance);
    }

    private static boolean hasState(Throwable failure, String states) {
        return causes(failure)
                .anyMatch(cause -> cause instanceof PgException problem
                        && String.valueOf(problem.getSqlState()).matches(states));
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
    }

    /** Other exceptions of the database client mean that there was no answer. */
    static boolean isPassing(Throwable failure) {
        if (failure instanceof Failure) {
            return false;
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PgException problem) {
                return String.valueOf(problem.getSqlState()).matches(PASSING);
            }
            if (cause instanceof VertxException || !(cause instanceof RuntimeException || cause instanceof Error)) {
                return true;
            }
        }
        return false;
    }
}
