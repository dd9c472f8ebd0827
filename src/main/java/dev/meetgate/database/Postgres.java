package dev.meetgate.database;

import dev.meetgate.problem.Failure;
import io.smallrye.mutiny.Uni;
import io.vertx.core.VertxException;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The database, one statement at a time. That it is away, full or read-only becomes {@link Failure.Unavailable} here. */
@Singleton
public class Postgres {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /**
     * Connection, authorization, conflict between transactions, resources, operator's intervention, read-only (PostgreSQL, Appendix
     * A); any other state is a mistake of ours.
     */
    private static final String PASSING = "08...|28...|3D000|40...|53...|55P03|57...|25006";

    private final Pool pool;

    Postgres(Pool pool) {
        this.pool = pool;
    }

    public Uni<RowSet<Row>> execute(String statement, @Nullable Object... values) {
        return execute(statement, Tuple.from(values));
    }

    public Uni<RowSet<Row>> execute(String statement, Tuple values) {
        return guarded(pool.preparedQuery(statement).execute(values));
    }

    /** The same for work with a Hibernate session, which wraps what its driver says. */
    public static <T> Uni<T> guarded(Uni<T> work) {
        return work.ifNoItem()
                .after(PATIENCE)
                .failWith(() -> new Failure.Unavailable("MeetGate's database does not answer."))
                .onFailure(Postgres::isPassing)
                .transform(
                        failure -> new Failure.Unavailable("MeetGate cannot use its database at the moment.", failure));
    }

    /** Tries again for ten seconds while the database cannot be used. */
    public static <T> Uni<T> persistently(Uni<T> work) {
        return persistently(work, PATIENCE);
    }

    /** Tries again, for so long, while the database cannot be used. */
    public static <T> Uni<T> persistently(Uni<T> work, Duration patience) {
        return work.onFailure(Failure.Unavailable.class)
                .retry()
                .withBackOff(Duration.ofMillis(100), Duration.ofSeconds(1))
                .expireIn(patience.toMillis())
                .onFailure(exhausted -> exhausted.getCause() instanceof Failure.Unavailable)
                .transform(Throwable::getCause);
    }

    /** Here nothing but the database can fail so: what its client throws besides is no answer at all. */
    private static boolean isPassing(Throwable failure) {
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
