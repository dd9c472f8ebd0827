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

/** Executes single SQL statements. An unavailable database becomes {@link Failure.Unavailable}. */
@Singleton
public class Postgres {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** The SQL states of an unavailable database (PostgreSQL, Appendix A). Other states are bugs. */
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

    /** Maps the failures of a Hibernate session, which wraps driver exceptions. */
    public static <T> Uni<T> guarded(Uni<T> work) {
        return work.ifNoItem()
                .after(PATIENCE)
                .failWith(() -> new Failure.Unavailable("MeetGate's database does not answer."))
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

    /** Other exceptions of the database client mean that there was no answer. */
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
