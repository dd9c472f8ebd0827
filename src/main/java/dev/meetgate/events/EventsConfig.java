package dev.meetgate.events;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

@ConfigMapping(prefix = "meetgate")
interface EventsConfig {

    /** How long events stay in the feed. */
    @WithDefault("30d")
    Duration eventsKeep();

    /** Whether receivers may have private addresses, and http on this machine. */
    @WithDefault("false")
    boolean webhookPrivateTargets();
}
