package dev.meetgate.budget;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

@ConfigMapping(prefix = "meetgate")
interface RequestConfig {

    /** How long callers wait who do not say. */
    @WithDefault("10s")
    Duration requestTimeout();

    /** Whether answers have the fields of a draft that may change. */
    @WithDefault("true")
    boolean rateLimitHeaders();
}
