package dev.meetgate.http;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.shutdown.ShutdownConfig;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * Tells when a stopping replica refuses new requests: after {@code QUARKUS_SHUTDOWN_DELAY}. Quarkus would go
 * on serving until a moment without any request, and under a steady load no such moment comes.
 */
@Singleton
class ClosingTime {

    /** How long a caller may take for the rest of a body. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ShutdownConfig config;
    private final Vertx vertx;
    private final HalfRequests halfRequests;
    private volatile boolean come;

    ClosingTime(ShutdownConfig config, Vertx vertx, HalfRequests halfRequests) {
        this.config = config;
        this.vertx = vertx;
        this.halfRequests = halfRequests;
    }

    void stop(@Observes ShutdownDelayInitiatedEvent stop) {
        Duration delay = config.delay().orElse(Duration.ZERO);
        vertx.setTimer(delay.plus(PATIENCE).toMillis(), over -> halfRequests.close());
        if (delay.isZero()) {
            come = true;
        } else {
            vertx.setTimer(delay.toMillis(), over -> come = true);
        }
    }

    boolean hasCome() {
        return come;
    }
}
