package dev.meetgate.settings;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.flywaydb.core.Flyway;

/** Refuses to start on an old schema where the schema is not ours to change. */
@Singleton
class SchemaCheck {

    @ConfigMapping(prefix = "meetgate")
    interface SchemaConfig {

        /** Whether the start brings the schema up to date; Flyway lets one replica at a time do so. */
        @WithDefault("true")
        boolean migrate();
    }

    void check(@Observes StartupEvent start, Flyway flyway, SchemaConfig config) {
        if (config.migrate()) {
            return;
        }
        int pending = flyway.info().pending().length;
        if (pending > 0) {
            throw new ConfigurationException(
                    ("MeetGate does not start: the database's schema lacks %d migration(s), and MEETGATE_MIGRATE is false."
                                    + " Start one replica with MEETGATE_MIGRATE=true first.")
                            .formatted(pending));
        }
    }
}
