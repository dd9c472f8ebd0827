package dev.meetgate.reactive;

import io.smallrye.mutiny.Uni;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/**
 * Joins callers of this process that want the same: each key has one attempt at a time. Attempts are
 * {@link Detached}.
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
