package dev.meetgate.audit;

import dev.meetgate.caller.Origin;
import dev.meetgate.caller.RefusedCredentials;
import dev.meetgate.database.Postgres;
import dev.meetgate.problem.ProblemType;
import dev.meetgate.reactive.Detached;
import io.quarkus.logging.Log;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * Writes an entry for the refused credentials of a minute. Nobody knows of which tenant they should have
 * been.
 */
@Singleton
class Refusals {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final SharedEntries entries;
    private final Detached detached;

    Refusals(SharedEntries entries, Detached detached) {
        this.entries = entries;
        this.detached = detached;
    }

    void write(@Observes RefusedCredentials refused) {
        // The log has the address, which may be another tenant's.
        var origin = Origin.meetgate();
        String number = String.valueOf(refused.number());
        detached.of(() -> Postgres.persistently(
                        entries.refusedToAll(
                                Action.CREDENTIAL_REFUSE, number, ProblemType.UNAUTHENTICATED.code(), origin),
                        PATIENCE))
                .subscribe()
                .with(
                        written -> {},
                        failure -> Log.warnf("Refused credentials have no audit entry: %s", failure.getMessage()));
    }
}
