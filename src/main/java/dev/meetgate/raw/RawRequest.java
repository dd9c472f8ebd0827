package dev.meetgate.raw;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a raw call sends to GoTo: all that there is in it comes from the caller's request by name, and nothing else does.
 *
 * @param target path and query, without a leading slash
 * @param body empty where there is none
 */
record RawRequest(
        HttpMethod method,
        String target,
        String accept,
        @Nullable String contentType,
        Buffer body) {

    /**
     * Within the {@link Fence}, or it throws what that throws.
     *
     * @param path at GoTo, as JAX-RS reads it
     */
    static RawRequest of(HttpMethod method, String path, HttpServerRequest request, byte @Nullable [] body) {
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        return new RawRequest(
                method,
                Fence.target(path, Objects.requireNonNullElse(request.path(), ""), request.query()),
                accept == null ? "application/json" : accept,
                request.getHeader(HttpHeaders.CONTENT_TYPE),
                body == null ? Buffer.buffer() : Buffer.buffer(body));
    }
}
