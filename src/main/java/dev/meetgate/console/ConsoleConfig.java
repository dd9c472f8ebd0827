package dev.meetgate.console;

import dev.meetgate.secret.Secret;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

@ConfigMapping(prefix = "meetgate.console")
interface ConsoleConfig {

    /** The OpenID provider at which operators sign in. Without one, there is no console. */
    Optional<String> issuer();

    Optional<String> clientId();

    Optional<Secret> clientSecret();

    /** The role that operators have at the provider. */
    Optional<String> role();

    /** Whether the provider is asked through the proxy. No variable sets it. */
    @WithDefault("false")
    boolean issuerByProxy();

    /** A console without sign-in, for dev mode. No variable sets it. */
    @WithDefault("false")
    boolean open();

    default boolean isOn() {
        return open() || issuer().isPresent();
    }
}
