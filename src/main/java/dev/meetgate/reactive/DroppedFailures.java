package dev.meetgate.reactive;

import dev.meetgate.problem.Failure;
import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Logs the failures of work whose callers have all left. Expected failures concern callers alone. */
@Singleton
class DroppedFailures {

    void begin(@Observes StartupEvent start) {
        Infrastructure.setDroppedExceptionHandler(failure -> {
            if (!(failure instanceof Failure) && !(failure.getCause() instanceof Failure)) {
                Log.error("A failure that nobody waits for any more", failure);
            }
        });
    }
}
