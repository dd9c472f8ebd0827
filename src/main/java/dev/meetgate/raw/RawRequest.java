package dev.meetgate.raw;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The parts of a caller's request that go to GoTo, without the body. */
record RawRequest(
        HttpMethod method,
        String target,
        String accept,
        @Nullable String contentType) {

    /** Fails with {@link dev.meetgate.problem.Failure.InvalidRequest} outside the {@link Fence}. */
    static RawRequest of(HttpMethod method, String path, HttpServerRequest request) {
        return new RawRequest(
                method,
                Fence.target(method, path, Objects.requireNonNullElse(request.path(), ""), request.query()),
                Objects.requireNonNullElse(request.getHeader(HttpHeaders.ACCEPT), "application/json"),
                request.getHeader(HttpHeaders.CONTENT_TYPE));
    }

    /** Without the query, whose values may be anybody's. */
    String path() {
        return target.replaceFirst("\\?.*", "");
    }

    @Nullable
    String contentTypeOf(byte[] body) {
        return body.length == 0 ? null : contentType;
    }

    @Override
    public String toString() {
        return "RawRequest[" + method + "]";
    }
}
