package dev.meetgate.http;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/**
 * Serves the OpenAPI and AsyncAPI documents that the build wrote. In dev mode they change at a restart only.
 */
@Singleton
class OpenApiDocument {

    private static final String PATH = "/q/openapi";
    private static final String EVENTS = "/q/asyncapi";
    private static final String JSON = "application/json";

    void besideHealth(@Observes ManagementInterface management) {
        route(management.router());
    }

    /** Dev mode and tests have no management interface. */
    void besideThePagesOfDevMode(@Observes Router router) {
        if (LaunchMode.current().isDevOrTest()) {
            route(router);
        }
    }

    private static void route(Router router) {
        router.get(PATH).handler(OpenApiDocument::answer);
        router.get(EVENTS).handler(context -> context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, JSON)
                .end(Buffer.buffer(read("asyncapi.json"))));
    }

    private static void answer(RoutingContext context) {
        boolean json = "json".equalsIgnoreCase(context.queryParams().get("format"));
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, json ? JSON : "application/yaml")
                .end(Buffer.buffer(read(json ? "openapi.json" : "openapi.yaml")));
    }

    static byte[] json() {
        return read("openapi.json");
    }

    private static byte[] read(String name) {
        try (InputStream document = OpenApiDocument.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(document, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
