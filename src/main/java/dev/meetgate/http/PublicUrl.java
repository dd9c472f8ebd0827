package dev.meetgate.http;

import io.smallrye.config.ConfigMapping;
import jakarta.inject.Singleton;
import java.net.URI;

/** The URL of MeetGate for browsers. */
@Singleton
public class PublicUrl {

    private final String base;

    PublicUrl(PublicUrlConfig config) {
        base = config.publicUrl().strip().replaceAll("/+$", "");
    }

    public URI of(String path) {
        return URI.create(base + path);
    }

    /** The redirect URI (RFC 6749 §3.1.2). GoTo's registration of the OAuth client must have the same URI. */
    public URI redirectUri() {
        return of("/callback");
    }

    @ConfigMapping(prefix = "meetgate")
    interface PublicUrlConfig {
        String publicUrl();
    }
}
