package dev.meetgate.budget;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

@ConfigMapping(prefix = "goto")
interface BudgetConfig {

    /** GoTo allows 10 per second. The margin absorbs network jitter. */
    @WithDefault("8")
    int requestsPerSecond();
}
