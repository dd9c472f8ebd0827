package dev.meetgate.oauth;

import dev.meetgate.secret.Secret;
import io.smallrye.config.ConfigMapping;
import java.net.URI;

@ConfigMapping(prefix = "goto")
interface OAuthConfig {

    String clientId();

    Secret clientSecret();

    URI authorizeUrl();

    URI tokenUrl();

    URI revokeUrl();

    /** The expected {@code iss} of authorization responses (RFC 9207). */
    String issuer();

    /** Separated by spaces (RFC 6749 §3.3). */
    String scopes();
}
