package dev.meetgate.audit;

import dev.meetgate.caller.RefusedCredentials;
import dev.meetgate.caller.RefusedCredentials.Owner;
import dev.meetgate.database.Postgres;
import dev.meetgate.problem.Failure;
import dev.meetgate.reactive.Detached;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes entries for the refused credentials of a minute. While the database is away, it adds up what is
 * refused, and writes the sums later.
 */
@Singleton
class Refusals {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMinutes(1);
    private static final long NONE = -1;

    private final SharedEntries entries;
    private final Detached detached;
    private final Vertx vertx;
    private final Map<Owner, Integer> unsent = new HashMap<>();

    /** What was sent may have been executed without an answer, so that nothing is added to it. */
    private @Nullable Uni<Void> sent;

    private boolean isWriting;
    private long timer = NONE;

    Refusals(SharedEntries entries, Detached detached, Vertx vertx) {
        this.entries = entries;
        this.detached = detached;
        this.vertx = vertx;
    }

    void write(@Observes RefusedCredentials refused) {
        synchronized (this) {
            unsent.merge(refused.owner(), refused.number(), Integer::sum);
        }
        begin();
    }

    private void begin() {
        synchronized (this) {
            if (isWriting) {
                return;
            }
            isWriting = true;
        }
        detached.of(this::writeAll).subscribe().with(written -> {}, this::goOnLater);
    }

    /** A stop waits for all of it. */
    private Uni<Void> writeAll() {
        Uni<Void> next = next();
        return next == null
                ? Uni.createFrom().voidItem()
                : Postgres.persistently(next, PATIENCE).invoke(this::forgetSent).flatMap(written -> writeAll());
    }

    private synchronized @Nullable Uni<Void> next() {
        if (sent == null && !unsent.isEmpty()) {
            sent = entries.refused(Map.copyOf(unsent));
            unsent.clear();
        }
        isWriting = sent != null;
        return sent;
    }

    private synchronized void forgetSent() {
        sent = null;
    }

    private void goOnLater(Throwable failure) {
        synchronized (this) {
            isWriting = false;
            vertx.cancelTimer(timer);
            timer = vertx.setTimer(PAUSE.toMillis(), ended -> begin());
        }
        if (failure instanceof Failure) {
            Log.warnf("Refused credentials have no audit entry yet: %s", failure.getMessage());
        } else {
            Log.error("Refused credentials have no audit entry", failure);
        }
    }
}
