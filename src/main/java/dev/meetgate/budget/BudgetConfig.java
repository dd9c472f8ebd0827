package dev.meetgate.budget;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

@ConfigMapping(prefix = "goto")
interface BudgetConfig {

    /** GoTo allows 10 in any second, and what the network does to their distances is not ours to say. */
    @WithDefault("8")
    int requestsPerSecond();
}
