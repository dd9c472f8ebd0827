package dev.meetgate.raw;

import dev.meetgate.vault.GoToRequest;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a raw call sends to GoTo: all that there is in it comes from the caller's request by name, and nothing else does. */
final class RawRequest {

    private RawRequest() {}

    /**
     * Within the {@link Fence}, or it throws what that throws.
     *
     * @param path at GoTo, as JAX-RS reads it
     * @param body nothing where the method has none, and empty where the caller sent none
     */
    static GoToRequest of(HttpMethod method, String path, HttpServerRequest request, byte @Nullable [] body) {
        String target = Fence.target(path, Objects.requireNonNullElse(request.path(), ""), request.query());
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        return new GoToRequest(
                method,
                target,
                accept == null ? "application/json" : accept,
                body == null || body.length == 0 ? null : request.getHeader(HttpHeaders.CONTENT_TYPE),
                body == null ? null : Buffer.buffer(body));
    }
}
