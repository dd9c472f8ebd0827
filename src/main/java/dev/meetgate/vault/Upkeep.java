package dev.meetgate.vault;

import dev.meetgate.problem.Failure;
import dev.meetgate.reactive.Detached;
import dev.meetgate.reactive.SingleFlight;
import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * What is due though nobody calls: what has expired deleted, revocations tried again, old seals renewed, idle connections refreshed.
 * Any replica that is up does it, about once a minute; where none is up for long, a scheduler's call does.
 */
@Singleton
public class Upkeep {

    @ConfigMapping(prefix = "meetgate")
    interface UpkeepConfig {

        /** About how long from the end of one run to the begin of the next. */
        @WithDefault("1m")
        Duration upkeepInterval();
    }

    /** What a run that has to stop may still be at. */
    private static final Duration LAST_TASK = Duration.ofSeconds(3);

    private final Vertx vertx;
    private final Detached detached;
    private final Duration interval;
    private final List<Function<BooleanSupplier, Uni<Boolean>>> tasks;
    private final SingleFlight<Class<Upkeep>, Boolean> runs;

    Upkeep(
            Vertx vertx,
            Detached detached,
            UpkeepConfig config,
            Expiry expiry,
            Revocations revocations,
            KeepAlive keepAlive,
            Resealing resealing) {
        this.vertx = vertx;
        this.detached = detached;
        this.interval = config.upkeepInterval();
        // What takes longest comes last; and what has expired is gone before keys are looked for in it.
        this.tasks = List.of(expiry::run, revocations::run, resealing::run, keepAlive::run);
        this.runs = new SingleFlight<>(detached);
    }

    /**
     * Does what is due, or joins whoever is doing it in this process. One kind of work failing does not keep the others from being
     * done.
     *
     * @param atMost about when to stop, done or not
     * @return whether all is done
     */
    public Uni<Boolean> run(Duration atMost) {
        Uni<Boolean> run = runs.join(Upkeep.class, () -> {
            Instant end = Instant.now().plus(atMost);
            BooleanSupplier mayGoOn = () -> Instant.now().isBefore(end) && !detached.isStopping();
            return Multi.createFrom()
                    .iterable(tasks)
                    .onItem()
                    .transformToUniAndConcatenate(
                            task -> task.apply(mayGoOn).onFailure().recoverWithItem(Upkeep::later))
                    .collect()
                    .asList()
                    .map(done -> !done.contains(false));
        });
        // A run that was joined has an end of its own.
        return run.ifNoItem().after(atMost.plus(LAST_TASK)).recoverWithItem(false);
    }

    /** Says in the log why something is left to do, and answers that not all is done. */
    static boolean later(Throwable failure) {
        if (failure instanceof Failure) {
            Log.warnf("some of the upkeep is done later: %s", failure.getMessage());
        } else {
            Log.error("some of the upkeep cannot be done", failure);
        }
        return false;
    }

    /** Not before the database is known to have the schema. */
    void begin(@Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) StartupEvent start) {
        runLater();
    }

    /** At no set time, so that replicas take turns; and the first time late enough to leave starts alone. */
    private void runLater() {
        long half = Math.max(1, interval.toMillis() / 2);
        vertx.setTimer(
                half + ThreadLocalRandom.current().nextLong(2 * half),
                timer -> run(interval).subscribe().with(done -> again(), failure -> again()));
    }

    private void again() {
        if (!detached.isStopping()) {
            runLater();
        }
    }
}
