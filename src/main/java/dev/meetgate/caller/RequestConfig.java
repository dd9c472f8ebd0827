package dev.meetgate.caller;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

@ConfigMapping(prefix = "meetgate")
interface RequestConfig {

    @WithDefault("10s")
    Duration requestTimeout();
}
