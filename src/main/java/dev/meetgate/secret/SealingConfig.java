package dev.meetgate.secret;

import io.smallrye.config.ConfigMapping;

@ConfigMapping(prefix = "meetgate")
interface SealingConfig {

    Secret keys();
}
