package dev.meetgate.reactive;

import dev.meetgate.caller.Deadlines;
import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Runs work that finishes once begun, even if every caller leaves or the process is stopping. */
@Singleton
public class Detached {

    /** A token request and the storing of its answer, as long as a lease. */
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private static final class Work {
        final CompletableFuture<Void> end = new CompletableFuture<>();
    }

    private final Vertx vertx;
    private final Set<Work> underWay = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    Detached(Vertx vertx) {
        this.vertx = vertx;
    }

    /**
     * Starts the work at the first subscription, on its own Vert.x context and with the first caller's
     * deadline. Every subscriber gets the result on its own context.
     */
    public <T> Uni<T> of(Supplier<Uni<T>> work) {
        var begun = new Work();
        Uni<T> once = Uni.createFrom()
                .deferred(() -> {
                    underWay.add(begun);
                    Runnable deadline = Deadlines.handOver();
                    return Uni.createFrom()
                            .deferred(() -> {
                                deadline.run();
                                return work.get();
                            })
                            .runSubscriptionOn(freshContext());
                })
                .onTermination()
                .invoke(() -> {
                    underWay.remove(begun);
                    begun.end.complete(null);
                })
                .memoize()
                .indefinitely();
        return Uni.createFrom().deferred(() -> once.emitOn(CallersContext.of(vertx)));
    }

    /** Whether the process is stopping. Waiting for other replicas is pointless then. */
    public boolean isStopping() {
        return stopping;
    }

    void finish(@Observes ShutdownEvent stop) throws InterruptedException {
        stopping = true;
        long deadline = System.nanoTime() + LONGEST.toNanos();
        try {
            while (!underWay.isEmpty()) {
                CompletableFuture<?>[] ends =
                        underWay.stream().map(begun -> begun.end).toArray(CompletableFuture[]::new);
                CompletableFuture.allOf(ends).get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            }
        } catch (TimeoutException late) {
            Log.warnf("Stopping while %d requests to GoTo are in progress. Their outcome is unknown.", underWay.size());
        } catch (ExecutionException e) {
            throw new IllegalStateException("an end is never a failure", e);
        }
    }

    private Executor freshContext() {
        Context context = Objects.requireNonNull(VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext()));
        VertxContextSafetyToggle.setContextSafe(context, true);
        return command -> context.runOnContext(ignored -> command.run());
    }
}
