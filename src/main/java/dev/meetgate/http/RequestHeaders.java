package dev.meetgate.http;

import dev.meetgate.problem.Failure;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Refuses a malformed content type, and repeated headers: a proxy may read another line than MeetGate. */
final class RequestHeaders {

    /** They are no lists, so a second line is an error of the sender (RFC 9110 §5.3). */
    private static final List<String> SINGLE = List.of("Authorization", "Content-Type", "Host", "Idempotency-Key");

    private static final Set<HttpMethod> WITH_BODY = Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH);

    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

    /** Of the parameters (RFC 9110 §5.6.6), only that their quotes end. */
    private static final Pattern MEDIA_TYPE =
            Pattern.compile(TOKEN + "/" + TOKEN + "[ \t]*(?:;(?:[^\"]|\"(?:[^\"\\\\]|\\\\.)*+\")*+)?");

    private RequestHeaders() {}

    /** Fails with {@link Failure.InvalidRequest}, which names the header. */
    static void check(HttpMethod method, MultiMap headers) {
        for (String name : SINGLE) {
            if (headers.getAll(name).size() > 1) {
                throw new Failure.InvalidRequest(name, "The header %s must not be repeated.".formatted(name));
            }
        }
        if (WITH_BODY.contains(method)) {
            checkContentType(headers.get(HttpHeaders.CONTENT_TYPE));
        }
    }

    private static void checkContentType(@Nullable String value) {
        if (value != null && !MEDIA_TYPE.matcher(value).matches()) {
            throw new Failure.InvalidRequest(
                    "Content-Type", "Content-Type must be one media type, such as application/json.");
        }
    }
}
