package dev.meetgate.connect;

import dev.meetgate.secret.Sha256;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Serves {@code connect.js}, the button for the pages of applications. Pages of any origin may load it. */
@Singleton
class ConnectScript {

    private static final String FILE = "connect.js";

    private record Script(Buffer bytes, String tag) {}

    private @Nullable Script script;

    void route(@Observes Router router) {
        router.route("/" + FILE).method(HttpMethod.GET).method(HttpMethod.HEAD).handler(this::answer);
    }

    private void answer(RoutingContext context) {
        Script file = script();
        HttpServerResponse response = context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/javascript;charset=UTF-8")
                .putHeader(HttpHeaders.CACHE_CONTROL, "public, max-age=3600")
                .putHeader(HttpHeaders.ETAG, file.tag)
                .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*")
                .putHeader("Cross-Origin-Resource-Policy", "cross-origin");
        if (file.tag.equals(context.request().getHeader(HttpHeaders.IF_NONE_MATCH))) {
            response.setStatusCode(304).end();
        } else {
            response.end(file.bytes);
        }
    }

    private synchronized Script script() {
        if (script == null) {
            script = read();
        }
        return script;
    }

    private static Script read() {
        try (InputStream file = Objects.requireNonNull(ConnectScript.class.getResourceAsStream(FILE))) {
            byte[] bytes = file.readAllBytes();
            String tag = '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(Sha256.of(bytes)) + '"';
            return new Script(Buffer.buffer(bytes), tag);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
