package dev.meetgate.raw;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What of a caller's request goes on to GoTo, apart from its body.
 *
 * @param target path and query, without a leading slash
 * @param contentType of the body, as the caller named it
 */
record RawRequest(
        HttpMethod method,
        String target,
        String accept,
        @Nullable String contentType) {

    /**
     * Reads a caller's request.
     *
     * @param path at GoTo, as JAX-RS reads it
     * @throws dev.meetgate.problem.Failure.InvalidRequest where the {@link Fence} ends
     */
    static RawRequest of(HttpMethod method, String path, HttpServerRequest request) {
        return new RawRequest(
                method,
                Fence.target(path, Objects.requireNonNullElse(request.path(), ""), request.query()),
                Objects.requireNonNullElse(request.getHeader(HttpHeaders.ACCEPT), "application/json"),
                request.getHeader(HttpHeaders.CONTENT_TYPE));
    }

    @Nullable
    String contentTypeOf(byte[] body) {
        return body.length == 0 ? null : contentType;
    }

    /** Nothing of what the caller sends. */
    @Override
    public String toString() {
        return "RawRequest[" + method + "]";
    }
}
