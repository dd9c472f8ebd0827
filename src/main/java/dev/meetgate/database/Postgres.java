package dev.meetgate.database;

import dev.meetgate.caller.Arrival;
import dev.meetgate.problem.Failure;
import dev.meetgate.reactive.Detached;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Comparator;
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

    private static final int RETRIES = 2;

    private final Pool pool;
    private final Detached detached;
    private final Vertx vertx;

    Postgres(Pool pool, Detached detached, Vertx vertx) {
        this.pool = pool;
        this.detached = detached;
        this.vertx = vertx;
    }

    /** A statement that begins with {@code select} must only read: it is repeated when its answer is lost. */
    public Uni<RowSet<Row>> execute(String statement, @Nullable Object... values) {
        return execute(statement, Tuple.from(values));
    }

    public Uni<RowSet<Row>> execute(String statement, Tuple values) {
        var work = pool.preparedQuery(statement).execute(values);
        return statement.startsWith("select") ? reading(work) : guarded(work);
    }

    /**
     * For a statement that many callers execute at once. Keep it, because callers of one instance share.
     *
     * @param order in which other statements lock the rows of these values
     */
    public GroupCommit groupCommit(String statement, Comparator<Tuple> order) {
        return new GroupCommit(values -> pool.preparedQuery(statement).executeBatch(values), order, detached, vertx);
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
        return toTheEnd(work).onFailure(DatabaseErrors::isLost).retry().atMost(RETRIES);
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
        return translated(retriedUnlessExecuted(toTheEnd(work))
                .ifNoItem()
                .after(patience)
                .failWith(Failure.Unavailable::ofDatabase));
    }

    /** Work that was not executed is tried on other connections. */
    static <T> Uni<T> retriedUnlessExecuted(Uni<T> work) {
        return work.onFailure(DatabaseErrors::wasNotExecuted).retry().atMost(RETRIES);
    }

    static <T> Uni<T> translated(Uni<T> work) {
        return work.onFailure(DatabaseErrors::isPassing)
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

    /** Fails as the database client does, or with {@link Failure.Unavailable} after some time. */
    static <T> Uni<T> bounded(Uni<T> work) {
        return toTheEnd(work).ifNoItem().after(PATIENCE).failWith(Failure.Unavailable::ofDatabase);
    }

    /** A session that nobody waits for any more returns its connection, too. */
    private static <T> Uni<T> toTheEnd(Uni<T> work) {
        return Uni.createFrom().emitter(caller -> work.subscribe().with(caller::complete, caller::fail));
    }
}
