package dev.meetgate.sandbox;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.Json;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An answer of the sandbox. A {@link Fault} may still damage it. */
record Answer(int status, Map<String, String> headers, Buffer body) {

    /** Runs an endpoint and turns a refusal into its answer. */
    static Answer of(Function<RoutingContext, Answer> endpoint, RoutingContext context) {
        try {
            return endpoint.apply(context);
        } catch (Refusal refusal) {
            return refusal.answer();
        }
    }

    static Answer json(int status, Object json) {
        return empty(status).with("Content-Type", "application/json").with(Json.encodeToBuffer(json));
    }

    static Answer html(int status, String page) {
        return empty(status).with("Content-Type", "text/html; charset=utf-8").with(Buffer.buffer(page));
    }

    static Answer redirect(String location) {
        return empty(302).with("Location", location);
    }

    static Answer empty(int status) {
        return new Answer(status, Map.of("Cache-Control", "no-store"), Buffer.buffer());
    }

    Answer with(String header, @Nullable String value) {
        if (value == null) {
            return this;
        }
        var more = new TreeMap<>(headers);
        more.put(header, value);
        return new Answer(status, more, body);
    }

    Answer with(Buffer other) {
        return new Answer(status, headers, other);
    }

    void send(HttpServerResponse response) {
        head(response).end(body);
    }

    HttpServerResponse head(HttpServerResponse response) {
        headers.forEach(response::putHeader);
        return response.setStatusCode(status);
    }
}
