package dev.meetgate.audit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

@ConfigMapping(prefix = "meetgate")
interface AuditConfig {

    /** Whether reading calls have entries too. */
    @WithDefault("false")
    boolean auditReads();

    /** How long entries stay. */
    @WithDefault("400d")
    Duration auditKeep();
}
