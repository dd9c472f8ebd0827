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

    private final ShutdownConfig config;
    private final Vertx vertx;
    private volatile boolean come;

    ClosingTime(ShutdownConfig config, Vertx vertx) {
        this.config = config;
        this.vertx = vertx;
    }

    void stop(@Observes ShutdownDelayInitiatedEvent stop) {
        Duration delay = config.delay().orElse(Duration.ZERO);
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
