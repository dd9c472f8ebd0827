package dev.meetgate.vault;

import dev.meetgate.problem.Failure;
import io.quarkus.logging.Log;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.annotations.CommandLineArguments;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;

/** The operator's command {@code erase-tenant}: a process that does this alone and ends. */
@Singleton
class EraseTenant {

    /** After the schema check, and before this process would do anything else. */
    void run(
            @Observes @Priority(Interceptor.Priority.LIBRARY_AFTER - 1) StartupEvent start,
            @CommandLineArguments String[] arguments,
            RemovedTenants removed) {
        if (arguments.length != 2 || !arguments[0].equals("erase-tenant")) {
            return;
        }
        try {
            int erased = removed.erase(arguments[1]).await().indefinitely();
            if (erased == 0) {
                throw new IllegalArgumentException(
                        "No tenant %s has connections. Names are in small letters.".formatted(arguments[1]));
            }
            Log.infof("Erased %d connections of the tenant %s.", erased, arguments[1]);
            Quarkus.asyncExit(0);
        } catch (Failure | IllegalArgumentException mistake) {
            Log.error(mistake.getMessage());
            Quarkus.asyncExit(1);
        }
    }
}
