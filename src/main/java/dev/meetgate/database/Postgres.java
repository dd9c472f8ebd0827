package dev.meetgate.database;

import dev.meetgate.caller.Arrival;
import dev.meetgate.problem.Failure;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import jakarta.inject.Singleton;
import java.net.ConnectException;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Executes single SQL statements. An unavailable database becomes {@link Failure.Unavailable}. */
@Singleton
public class Postgres {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /**
     * A caller's last moment is for the answer, which names the database. A statement gets at least some
     * time.
     */
    private static final Duration LAST_MOMENT = Duration.ofMillis(20);

    private static final Duration LEAST_PATIENCE = Duration.ofMillis(100);

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

    private static final int RETRIES = 2;

    private final Pool pool;
    private final Vertx vertx;

    Postgres(Pool pool, Vertx vertx) {
        this.pool = pool;
        this.vertx = vertx;
    }

    public Uni<RowSet<Row>> execute(String statement, @Nullable Object... values) {
        return execute(statement, Tuple.from(values));
    }

    public Uni<RowSet<Row>> execute(String statement, Tuple values) {
        var work = pool.preparedQuery(statement).execute(values);
        return statement.startsWith("select") ? reading(work) : guarded(work);
    }

    /** For a statement that many callers execute at once. Keep it, because callers of one instance share. */
    public GroupCommit groupCommit(String statement) {
        return new GroupCommit(values -> pool.preparedQuery(statement).executeBatch(values), vertx);
    }

    /** Executes a statement for several callers, whose deadlines do not bound it. */
    public Uni<RowSet<Row>> executeForAll(String statement, Tuple values) {
        return guarded(pool.preparedQuery(statement).execute(values), PATIENCE);
    }

    /**
     * Executes a change that nobody wants any more after this time. The last parameter of the statement is
     * the end of that time, by the database's clock: a database that was stopped executes all that it has
     * received.
     */
    public Uni<RowSet<Row>> executeWithin(Duration patience, String statement, Tuple values) {
        long end = System.nanoTime() + Math.min(patience.toNanos(), PATIENCE.toNanos());
        var clock = pool.query("select clock_timestamp()").execute();
        return guarded(retriedIfLost(clock), left(end)).flatMap(now -> {
            Duration left = left(end);
            Duration inDatabase = left.minus(LAST_MOMENT).isNegative() ? left : left.minus(LAST_MOMENT);
            values.addOffsetDateTime(now.iterator().next().getOffsetDateTime(0).plus(inDatabase));
            return guarded(pool.preparedQuery(statement).execute(values), left);
        });
    }

    private static Duration left(long end) {
        return Duration.ofNanos(Math.max(1_000_000, end - System.nanoTime()));
    }

    /** As {@link #guarded}, for work that may be done twice. A lost connection is replaced by another one. */
    public static <T> Uni<T> reading(Uni<T> work) {
        return guarded(retriedIfLost(work));
    }

    private static <T> Uni<T> retriedIfLost(Uni<T> work) {
        return toTheEnd(work).onFailure(Postgres::isLost).retry().atMost(RETRIES);
    }

    /**
     * Bounds the time of a statement or of a Hibernate session, also by its caller's deadline, and maps its
     * failures. What a server refused because it is not the primary is tried on another connection.
     */
    public static <T> Uni<T> guarded(Uni<T> work) {
        return Uni.createFrom().deferred(() -> guarded(work, patience()));
    }

    private static Duration patience() {
        return Arrival.timeLeft()
                .map(left -> left.minus(LAST_MOMENT))
                .map(left -> left.compareTo(LEAST_PATIENCE) < 0 ? LEAST_PATIENCE : left)
                .filter(left -> left.compareTo(PATIENCE) < 0)
                .orElse(PATIENCE);
    }

    private static <T> Uni<T> guarded(Uni<T> work, Duration patience) {
        return toTheEnd(work)
                .onFailure(Postgres::wasNotExecuted)
                .retry()
                .atMost(RETRIES)
                .ifNoItem()
                .after(patience)
                .failWith(Postgres::silence)
                .onFailure(Postgres::isPassing)
                .transform(
                        failure -> new Failure.Unavailable("MeetGate cannot use its database at the moment.", failure));
    }

    public static <T> Uni<T> persistently(Uni<T> work) {
        return persistently(work, PATIENCE);
    }

    public static <T> Uni<T> persistently(Uni<T> work, Duration patience) {
        return work.onFailure(Failure.Unavailable.class)
                .retry()
                .withBackOff(Duration.ofMillis(100), Duration.ofSeconds(1))
                .expireIn(patience.toMillis())
                .onFailure(exhausted -> exhausted.getCause() instanceof Failure.Unavailable)
                .transform(Throwable::getCause);
    }

    /** Fails, with what the database client says or with {@link Failure.Unavailable}, after some time at most. */
    static <T> Uni<T> bounded(Uni<T> work) {
        return toTheEnd(work).ifNoItem().after(PATIENCE).failWith(Postgres::silence);
    }

    private static Failure silence() {
        return new Failure.Unavailable("MeetGate's database does not answer.");
    }

    /** A session that nobody waits for any more returns its connection, too. */
    private static <T> Uni<T> toTheEnd(Uni<T> work) {
        return Uni.createFrom().emitter(caller -> work.subscribe().with(caller::complete, caller::fail));
    }

    private static boolean wasNotExecuted(Throwable failure) {
        return isCausedBy(failure, NotExecuted.class) || hasState(failure, REFUSED);
    }

    private static boolean isLost(Throwable failure) {
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
    private static boolean isPassing(Throwable failure) {
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
