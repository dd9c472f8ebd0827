package dev.meetgate.http;

import io.smallrye.config.ConfigMapping;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Locale;

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

    public String origin() {
        return origin(of("/"));
    }

    /** As browsers write it in the header {@code Origin}, without a default port (RFC 6454 §6.2). */
    public static String origin(URI url) {
        String origin = (url.getScheme() + "://" + url.getAuthority()).toLowerCase(Locale.ROOT);
        return origin.replaceFirst("^(https:.*):443$|^(http:.*):80$", "$1$2");
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
