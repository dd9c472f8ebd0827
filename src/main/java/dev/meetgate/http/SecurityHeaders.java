package dev.meetgate.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.regex.Pattern;

/** Adds the security headers to every answer. */
@Singleton
class SecurityHeaders {

    static final int BEFORE_ALL_OTHERS = 1000;

    /** Encoded once. A string would be encoded for each answer. */
    private record Header(CharSequence name, CharSequence value) {

        static Header of(String name, String value) {
            return new Header(HttpHeaders.createOptimized(name), HttpHeaders.createOptimized(value));
        }
    }

    private static final String OPENER_POLICY = "Cross-Origin-Opener-Policy";
    private static final Header LEAVES_OPENER = Header.of(OPENER_POLICY, "same-origin");
    private static final Header KEEPS_OPENER = Header.of(OPENER_POLICY, "unsafe-none");

    /** The pages of the consent walk, which an application may open in a popup. */
    private static final Pattern WALK =
            Pattern.compile("/(connect/[^/]*(/cancel)?|connect/confirm/[^/]*(/deny)?|callback|connected)");

    private final List<Header> headers;

    SecurityHeaders(PublicUrl publicUrl) {
        headers = List.of(
                Header.of("Cache-Control", "no-store"),
                Header.of("Content-Security-Policy", contentSecurityPolicy(publicUrl)),
                Header.of("Referrer-Policy", "no-referrer"),
                Header.of("Strict-Transport-Security", "max-age=31536000; includeSubDomains"),
                Header.of("X-Content-Type-Options", "nosniff"),
                Header.of("X-Frame-Options", "DENY"));
    }

    void filters(@Observes Filters filters) {
        filters.register(
                context -> {
                    addTo(context);
                    context.next();
                },
                BEFORE_ALL_OTHERS);
    }

    void addTo(RoutingContext context) {
        MultiMap sent = context.response().headers();
        headers.forEach(header -> sent.set(header.name(), header.value()));
        Header opener = WALK.matcher(String.valueOf(context.request().path())).matches() ? KEEPS_OPENER : LEAVES_OPENER;
        sent.set(opener.name(), opener.value());
    }

    private static String contentSecurityPolicy(PublicUrl publicUrl) {
        // Browsers apply form-action to the redirects after a form: GoTo's hosts, then the return URL.
        String formTargets = publicUrl.of("/").getScheme().equals("https") ? "https:" : "http: https:";
        return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
                + "form-action 'self' " + formTargets
                + "; frame-ancestors 'none'; base-uri 'none'; object-src 'none'";
    }
}
