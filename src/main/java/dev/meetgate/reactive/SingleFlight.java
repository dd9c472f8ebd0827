package dev.meetgate.reactive;

import io.smallrye.mutiny.Uni;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/**
 * Lets callers of this process who want the same thing at the same time share one attempt: for a key, at most one is under way, and
 * whoever comes while it is gets its result, item or failure. An attempt is {@link Detached}.
 */
public final class SingleFlight<K, V> {

    private final Detached detached;
    private final ConcurrentMap<K, Uni<V>> underWay = new ConcurrentHashMap<>();

    public SingleFlight(Detached detached) {
        this.detached = detached;
    }

    public Uni<V> join(K key, Supplier<Uni<V>> attempt) {
        return Uni.createFrom().deferred(() -> underWay.computeIfAbsent(key, absent -> start(key, attempt)));
    }

    private Uni<V> start(K key, Supplier<Uni<V>> attempt) {
        return detached.of(
                () -> Uni.createFrom().deferred(attempt::get).onTermination().invoke(() -> underWay.remove(key)));
    }
}
