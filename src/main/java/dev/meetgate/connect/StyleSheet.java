package dev.meetgate.connect;

import io.quarkus.arc.profile.IfBuildProfile;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** Serves the style sheet from memory. Vert.x would first copy it to the disk, which may be read-only. */
@Singleton
@IfBuildProfile("prod")
class StyleSheet {

    private static final String FILE = "/META-INF/resources/meetgate.css";

    private final Buffer content;

    StyleSheet() throws IOException {
        try (InputStream css = Objects.requireNonNull(StyleSheet.class.getResourceAsStream(FILE))) {
            content = Buffer.buffer(css.readAllBytes());
        }
    }

    void route(@Observes Router router) {
        router.route("/meetgate.css")
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .handler(context -> context.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, "text/css;charset=UTF-8")
                        .putHeader(HttpHeaders.CACHE_CONTROL, "public, max-age=86400")
                        .end(content));
    }
}
