package dev.meetgate.local;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.StaticHandler;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Properties;

/** Swagger UI for MeetGate's API. The scripts come from the webjar; the page that loads them is our own. */
@Singleton
class SwaggerUi {

    private static final String PATH = "/swagger-ui/";
    private static final String WEBJAR = "META-INF/maven/org.webjars/swagger-ui/pom.properties";

    /** Runs after the filter that sets the headers of all answers. */
    private static final int AFTER_THE_SECURITY_HEADERS = 999;

    /** Allows {@code data:} images: Swagger UI's style sheet contains its icons. */
    void allowIcons(@Observes Filters filters) {
        filters.register(
                context -> {
                    if (context.request().path().startsWith(PATH)) {
                        MultiMap headers = context.response().headers();
                        String policy = headers.get("Content-Security-Policy");
                        headers.set(
                                "Content-Security-Policy", policy.replace("img-src 'self'", "img-src 'self' data:"));
                    }
                    context.next();
                },
                AFTER_THE_SECURITY_HEADERS);
    }

    void route(@Observes Router router) throws IOException {
        router.get(PATH + "dist/*").handler(StaticHandler.create("META-INF/resources/webjars/swagger-ui/" + version()));
    }

    private static String version() throws IOException {
        var properties = new Properties();
        try (InputStream webjar = SwaggerUi.class.getClassLoader().getResourceAsStream(WEBJAR)) {
            properties.load(Objects.requireNonNull(webjar, WEBJAR));
        }
        return properties.getProperty("version");
    }
}
