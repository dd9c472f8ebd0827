package dev.meetgate.raw;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a caller's request that go to GoTo, without the body.
 *
 * @param target path and query, without a leading slash
 * @param contentType the content type of the body, if the caller sent one
 */
record RawRequest(
        HttpMethod method,
        String target,
        String accept,
        @Nullable String contentType) {

    /**
     * Reads a caller's request.
     *
     * @param path the path at GoTo, as JAX-RS read it
     * @throws dev.meetgate.problem.Failure.InvalidRequest for a path outside the {@link Fence}
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

    /** Prints nothing that the caller sent. */
    @Override
    public String toString() {
        return "RawRequest[" + method + "]";
    }
}
