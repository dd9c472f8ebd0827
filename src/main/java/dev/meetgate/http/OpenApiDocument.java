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

/** Serves the OpenAPI document that the build wrote. In dev mode it changes at a restart only. */
@Singleton
class OpenApiDocument {

    private static final String PATH = "/q/openapi";

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
    }

    private static void answer(RoutingContext context) {
        boolean json = "json".equalsIgnoreCase(context.queryParams().get("format"));
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, json ? "application/json" : "application/yaml")
                .end(Buffer.buffer(read(json ? "json" : "yaml")));
    }

    static byte[] json() {
        return read("json");
    }

    private static byte[] read(String format) {
        String name = "openapi." + format;
        try (InputStream document = OpenApiDocument.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(document, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
