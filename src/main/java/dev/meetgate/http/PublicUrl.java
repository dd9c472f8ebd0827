package dev.meetgate.http;

import io.smallrye.config.ConfigMapping;
import jakarta.inject.Singleton;
import java.net.URI;

/** Where browsers reach us. */
@Singleton
public class PublicUrl {

    private final String base;

    PublicUrl(PublicUrlConfig config) {
        base = config.publicUrl().strip().replaceAll("/+$", "");
    }

    /** The address of a path that begins with a slash. */
    public URI of(String path) {
        return URI.create(base + path);
    }

    /** The redirect URI (RFC 6749 §3.1.2); it must equal what the OAuth client is registered with. */
    public URI redirectUri() {
        return of("/callback");
    }

    @ConfigMapping(prefix = "meetgate")
    interface PublicUrlConfig {
        String publicUrl();
    }
}
