package dev.meetgate.oauth;

import dev.meetgate.database.Postgres;
import dev.meetgate.problem.Failure;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;

/** The time in which GoTo wants no token request. All replicas share it, by the database's clock. */
@Singleton
class TokenEndpointPause {

    static final Duration SHORTEST = Duration.ofSeconds(1);
    static final Duration LONGEST = Duration.ofMinutes(5);

    /** A later end than the longest one comes from a clock that was set. */
    private static final String LEFT = """
            select extract(epoch from rest_until - clock_timestamp())::float8 from token_endpoint
             where id = 1 and rest_until > clock_timestamp()
               and rest_until <= clock_timestamp() + interval '%d seconds'
            """.formatted(LONGEST.toSeconds());

    /** A shorter pause does not end a longer one. */
    private static final String BEGIN = """
            update token_endpoint
               set rest_until = greatest(
                   clock_timestamp() + $1 * interval '1 millisecond',
                   case when rest_until <= clock_timestamp() + interval '%d seconds' then rest_until end)
             where id = 1
            """.formatted(LONGEST.toSeconds());

    private final Postgres postgres;

    /** By {@link System#nanoTime}, as far as this process knows. */
    private volatile long until = System.nanoTime();

    TokenEndpointPause(Postgres postgres) {
        this.postgres = postgres;
    }

    /** Fails with {@link Failure.GoToUnavailable} and the time that is left. */
    Uni<Void> check() {
        return postgres.execute(LEFT)
                .invoke(rows -> {
                    if (rows.size() > 0) {
                        var left =
                                Duration.ofMillis((long) (rows.iterator().next().getDouble(0) * 1000));
                        until = System.nanoTime() + left.toNanos();
                        throw Failure.GoToUnavailable.notExecuted("GoTo's authorization server asked for a pause.")
                                .resting(left);
                    }
                })
                .replaceWithVoid();
    }

    /** Tells all replicas. If that fails, the next one to ask is told by GoTo itself. */
    Uni<Void> begin(Duration pause) {
        long end = System.nanoTime() + pause.toNanos();
        until = isKnown() && until - end > 0 ? until : end;
        Log.warnf("GoTo's authorization server asks for a pause of %d s.", pause.toSeconds());
        return postgres.execute(BEGIN, (double) pause.toMillis())
                .onFailure()
                .invoke(failure -> Log.warnf("The other replicas could not be told of it: %s", failure.getMessage()))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    boolean isKnown() {
        return until - System.nanoTime() > 0;
    }
}
