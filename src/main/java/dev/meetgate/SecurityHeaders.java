package dev.meetgate;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** What every answer tells the browser, pages and problems alike. */
@Singleton
class SecurityHeaders {

    static final int BEFORE_ALL_OTHERS = 1000;

    private final String contentSecurityPolicy;

    SecurityHeaders(PublicUrl publicUrl) {
        // Browsers hold the redirects after a form against form-action: through GoTo's own hosts, and on to the return
        // URL.
        String formTargets = publicUrl.of("/").getScheme().equals("https") ? "https:" : "http: https:";
        contentSecurityPolicy =
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
                        + "form-action 'self' " + formTargets
                        + "; frame-ancestors 'none'; base-uri 'none'; object-src 'none'";
    }

    void filters(@Observes Filters filters) {
        filters.register(
                context -> {
                    add(context.response().headers());
                    context.next();
                },
                BEFORE_ALL_OTHERS);
    }

    private void add(MultiMap headers) {
        headers.set("Cache-Control", "no-store")
                .set("Content-Security-Policy", contentSecurityPolicy)
                .set("Cross-Origin-Opener-Policy", "same-origin")
                .set("Referrer-Policy", "no-referrer")
                .set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
                .set("X-Content-Type-Options", "nosniff")
                .set("X-Frame-Options", "DENY");
    }
}
