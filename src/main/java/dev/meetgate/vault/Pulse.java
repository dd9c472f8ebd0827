package dev.meetgate.vault;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicBoolean;

/** Notes every second that the owner of a lease is at work. Other replicas notice when the notes end. */
@Singleton
class Pulse {

    private static final long INTERVAL_MILLIS = 1000;

    private final Leases leases;
    private final Vertx vertx;

    Pulse(Leases leases, Vertx vertx) {
        this.leases = leases;
        this.vertx = vertx;
    }

    <T> Uni<T> during(Lease lease, Uni<T> work) {
        return Uni.createFrom().deferred(() -> {
            var atWork = new AtomicBoolean(true);
            next(lease, atWork);
            return work.onTermination().invoke(() -> atWork.set(false));
        });
    }

    /** One statement at a time: a slow database must not get a queue of them. */
    private void next(Lease lease, AtomicBoolean atWork) {
        vertx.setTimer(INTERVAL_MILLIS, due -> {
            if (atWork.get()) {
                leases.seen(lease).subscribe().with(seen -> next(lease, atWork), failure -> next(lease, atWork));
            }
        });
    }
}
