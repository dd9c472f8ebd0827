package dev.meetgate.events;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Wakes the readers who wait at this replica when events were written. Other replicas look by themselves. */
@Singleton
public class Events {

    /** Each reader looks into the database again and again. */
    private static final int MOST_WAITING_OF_A_TENANT = 100;

    private final Map<String, Set<Runnable>> waiting = new ConcurrentHashMap<>();
    private final Map<String, Integer> readers = new ConcurrentHashMap<>();
    private final Vertx vertx;
    private final Delivering delivering;
    private volatile boolean stopping;

    Events(Vertx vertx, Delivering delivering) {
        this.vertx = vertx;
        this.delivering = delivering;
    }

    /** After the commit of what may have written events of this tenant. */
    public void written(String tenant) {
        waiting.getOrDefault(tenant, Set.of()).forEach(Runnable::run);
        delivering.wake(tenant);
    }

    /** Readers who wait get an empty page now, so that they do not hold up the stop. */
    void stop(@Observes ShutdownDelayInitiatedEvent stop) {
        stopping = true;
        waiting.values().forEach(ofTenant -> ofTenant.forEach(Runnable::run));
    }

    /** Whether one more reader of this tenant may wait. It then has to {@link #leave}. */
    boolean join(String tenant) {
        if (readers.merge(tenant, 1, Integer::sum) <= MOST_WAITING_OF_A_TENANT) {
            return true;
        }
        leave(tenant);
        return false;
    }

    void leave(String tenant) {
        readers.computeIfPresent(tenant, (name, number) -> number == 1 ? null : number - 1);
    }

    boolean isStopping() {
        return stopping;
    }

    /** Ends when events of the tenant were written here, at the latest after this time. */
    Uni<Void> next(String tenant, Duration atMost) {
        return Uni.createFrom().emitter(waiter -> {
            Set<Runnable> ofTenant = waiting.computeIfAbsent(tenant, name -> ConcurrentHashMap.newKeySet());
            Runnable wake = () -> waiter.complete(null);
            long timer = vertx.setTimer(Math.max(1, atMost.toMillis()), late -> wake.run());
            ofTenant.add(wake);
            waiter.onTermination(() -> {
                ofTenant.remove(wake);
                vertx.cancelTimer(timer);
            });
        });
    }
}
