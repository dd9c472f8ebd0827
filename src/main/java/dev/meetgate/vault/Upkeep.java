package dev.meetgate.vault;

import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What connections need though nobody calls: revocations tried again, idle ones refreshed, old seals renewed. Any replica that is up
 * does it, about once a minute; where none is up for long, a scheduler's call does.
 */
@Singleton
public class Upkeep {

    private static final Duration INTERVAL = Duration.ofMinutes(1);

    private final Vertx vertx;
    private final Revocations revocations;
    private final KeepAlive keepAlive;
    private final Resealing resealing;
    private volatile boolean stopping;

    Upkeep(Vertx vertx, Revocations revocations, KeepAlive keepAlive, Resealing resealing) {
        this.vertx = vertx;
        this.revocations = revocations;
        this.keepAlive = keepAlive;
        this.resealing = resealing;
    }

    /**
     * Does what is due.
     *
     * @param atMost about when to stop, done or not
     * @return whether all is done
     */
    public Uni<Boolean> run(Duration atMost) {
        Instant end = Instant.now().plus(atMost);
        return revocations.retry().flatMap(retried -> keepAlive.run(end)).flatMap(allRefreshed -> resealing
                .run(end)
                .map(allResealed -> allRefreshed && allResealed));
    }

    /** The first time comes late enough to leave starts alone, and at no set time, so that replicas take turns. */
    void begin(@Observes StartupEvent start) {
        runLater();
    }

    private void runLater() {
        long half = INTERVAL.toMillis() / 2;
        vertx.setTimer(
                half + ThreadLocalRandom.current().nextLong(2 * half),
                timer -> run(INTERVAL).subscribe().with(done -> again(), failure -> {
                    Log.warnf("what connections need is done later: %s", failure.toString());
                    again();
                }));
    }

    private void again() {
        if (!stopping) {
            runLater();
        }
    }

    void end(@Observes ShutdownEvent stop) {
        stopping = true;
    }
}
