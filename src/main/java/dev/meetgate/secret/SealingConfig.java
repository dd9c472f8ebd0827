package dev.meetgate.secret;

import io.smallrye.config.ConfigMapping;

@ConfigMapping(prefix = "meetgate")
interface SealingConfig {

    /** {@code id:base64,id:base64…}, as {@link Keyring#of} reads it. */
    Secret keys();
}
