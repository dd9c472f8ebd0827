package dev.meetgate.secret;

import io.smallrye.config.ConfigMapping;

@ConfigMapping(prefix = "meetgate")
interface SealingConfig {

    /** The format is that of {@link Keyring#of}. */
    Secret keys();
}
