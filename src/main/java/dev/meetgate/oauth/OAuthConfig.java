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

    /** What {@code iss} must be in an authorization response that has one (RFC 9207). */
    String issuer();

    /** Space separated, as in RFC 6749 §3.3. */
    String scopes();
}
