package dev.meetgate.vault;

import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Lets callers of this process who want the same thing at the same time share one attempt.
 *
 * <ol>
 *   <li>For a key, at most one attempt is under way; whoever comes while it is gets its result, item or failure.
 *   <li>The attempt does not end with its callers: one who stops waiting leaves, the attempt goes on.
 *   <li>It runs on a Vert.x context of its own, and each caller goes on on the context that it came with: database sessions belong
 *       to contexts.
 * </ol>
 */
final class SingleFlight<K, V> {

    private final Vertx vertx;
    private final ConcurrentMap<K, Uni<V>> underWay = new ConcurrentHashMap<>();

    SingleFlight(Vertx vertx) {
        this.vertx = vertx;
    }

    Uni<V> join(K key, Supplier<Uni<V>> attempt) {
        return Uni.createFrom().deferred(() -> underWay.computeIfAbsent(key, absent -> start(key, attempt))
                .emitOn(callersContext()));
    }

    /** Memoized, an attempt is not cancelled when those who wait for it are. */
    private Uni<V> start(K key, Supplier<Uni<V>> attempt) {
        return Uni.createFrom()
                .deferred(attempt::get)
                .runSubscriptionOn(freshContext())
                .onTermination()
                .invoke(() -> underWay.remove(key))
                .memoize()
                .indefinitely();
    }

    private Executor freshContext() {
        Context context = Objects.requireNonNull(VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext()));
        VertxContextSafetyToggle.setContextSafe(context, true);
        return command -> context.runOnContext(ignored -> command.run());
    }

    private Executor callersContext() {
        Context context = vertx.getOrCreateContext();
        return command -> context.runOnContext(ignored -> command.run());
    }
}
