package dev.meetgate.upkeep;

import dev.meetgate.problem.Failure;
import dev.meetgate.reactive.Detached;
import dev.meetgate.reactive.SingleFlight;
import io.quarkus.arc.All;
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

/** Runs the {@link Chore chores} about once a minute, or when a scheduler calls. */
@Singleton
public class Upkeep {

    @ConfigMapping(prefix = "meetgate")
    interface UpkeepConfig {

        /** The approximate pause between two runs. */
        @WithDefault("1m")
        Duration upkeepInterval();
    }

    /** The maximum duration of a run's last step. */
    private static final Duration LAST_STEP = Duration.ofSeconds(3);

    private final Vertx vertx;
    private final Detached detached;
    private final Duration interval;
    private final List<Chore> chores;
    private final SingleFlight<Class<Upkeep>, Boolean> runs;

    Upkeep(Vertx vertx, Detached detached, UpkeepConfig config, @All List<Chore> chores) {
        this.vertx = vertx;
        this.detached = detached;
        this.interval = config.upkeepInterval();
        this.chores = chores;
        this.runs = new SingleFlight<>(detached);
    }

    /**
     * Runs all chores, or joins the current run, for about {@code atMost}. A failed chore does not stop the
     * others. Returns whether all work is done.
     */
    public Uni<Boolean> run(Duration atMost) {
        Uni<Boolean> run = runs.join(Upkeep.class, () -> {
            Instant end = Instant.now().plus(atMost);
            BooleanSupplier mayGoOn = () -> Instant.now().isBefore(end) && !detached.isStopping();
            return Multi.createFrom()
                    .iterable(chores)
                    .onItem()
                    .transformToUniAndConcatenate(chore -> run(chore, mayGoOn))
                    .collect()
                    .asList()
                    .map(done -> !done.contains(false));
        });
        // A joined run has its own time limit.
        return run.ifNoItem().after(atMost.plus(LAST_STEP)).recoverWithItem(false);
    }

    private static Uni<Boolean> run(Chore chore, BooleanSupplier mayGoOn) {
        return mayGoOn.getAsBoolean()
                ? Uni.createFrom()
                        .deferred(() -> chore.run(mayGoOn))
                        .onFailure()
                        .recoverWithItem(Upkeep::postponed)
                : Uni.createFrom().item(false);
    }

    private static boolean postponed(Throwable failure) {
        if (failure instanceof Failure) {
            Log.warnf("Part of the upkeep failed and is tried again later: %s", failure.getMessage());
        } else {
            Log.error("Part of the upkeep failed", failure);
        }
        return false;
    }

    /** After the schema check. */
    void begin(@Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) StartupEvent start) {
        runLater();
    }

    /** At random times, so that replicas alternate. The first run comes late, to keep starts fast. */
    private void runLater() {
        long half = Math.max(1, interval.toMillis() / 2);
        vertx.setTimer(half + ThreadLocalRandom.current().nextLong(2 * half), timer -> run(interval)
                .onFailure()
                .recoverWithItem(Upkeep::postponed)
                .subscribe()
                .with(done -> again()));
    }

    private void again() {
        if (!detached.isStopping()) {
            runLater();
        }
    }
}
