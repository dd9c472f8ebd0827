package dev.meetgate.vault;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import org.jspecify.annotations.Nullable;

/**
 * What is sent to GoTo's API, but for the token.
 *
 * @param target path and query, without a leading slash
 * @param body nothing where the method has none
 */
public record GoToRequest(
        HttpMethod method,
        String target,
        String accept,
        @Nullable String contentType,
        @Nullable Buffer body) {

    /** Asks for JSON. */
    public static GoToRequest get(String target) {
        return new GoToRequest(HttpMethod.GET, target, "application/json", null, null);
    }

    /** Nothing of what the caller sends. */
    @Override
    public String toString() {
        return "GoToRequest[" + method + "]";
    }
}
