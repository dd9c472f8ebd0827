package dev.meetgate.raw;

import dev.meetgate.Failure;
import dev.meetgate.vault.GoToErrors;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/**
 * What GoTo answered to a raw call.
 *
 * @param body nothing where it is longer than what we pass on
 */
record RawAnswer(int status, MultiMap headers, @Nullable Buffer body) {

    /** What no browser runs, wherever it meets it: no page of GoTo's, or of whoever stands in for it, comes from our origin. */
    private static final Pattern INERT = Pattern.compile(
            "(?:application/(?:[a-z0-9.-]+\\+)?json|application/octet-stream|text/plain|text/csv)(?:\\s*;\\s*charset=\"?[a-z0-9_-]+\"?)?");

    private static final String UNNAMED = "application/octet-stream";

    /** A redirect is no success either: whoever followed one would go there with what they show us. */
    RawAnswer orFail() {
        if (status >= 300) {
            throw GoToErrors.of(status, headers::get, () -> text(StandardCharsets.UTF_8));
        }
        return this;
    }

    String text(Charset charset) {
        return body == null ? "" : body.toString(charset);
    }

    /** What the caller gets of a success. Of GoTo's headers only the content type goes there. */
    RestResponse<byte[]> toResponse() {
        if (body == null) {
            throw new Failure.GoToUnavailable("GoTo answered more than is passed on.");
        }
        if (body.length() == 0) {
            return RestResponse.ResponseBuilder.<byte[]>create(status).build();
        }
        if (headers.contains(HttpHeaders.CONTENT_ENCODING)) {
            throw new Failure.GoToUnavailable("GoTo answered in an encoding that it was not asked for.");
        }
        return RestResponse.ResponseBuilder.<byte[]>create(status)
                .header("Content-Type", contentType(headers.get(HttpHeaders.CONTENT_TYPE)))
                .entity(body.getBytes())
                .build();
    }

    private static String contentType(@Nullable String value) {
        String type = value == null ? UNNAMED : value.strip().toLowerCase(Locale.ROOT);
        if (!INERT.matcher(type).matches()) {
            throw new Failure.GoToUnavailable("GoTo answered with a kind of content that its API does not have.");
        }
        return type;
    }
}
