package dev.meetgate.raw;

import dev.meetgate.problem.Failure;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Checks and filters GoTo's answer to a successful raw call. */
final class RawAnswer {

    /** Types that browsers do not execute, so that no page of another server runs with MeetGate's origin. */
    private static final Pattern INERT = Pattern.compile(
            "(?:application/(?:[a-z0-9.-]+\\+)?json|application/octet-stream|text/plain|text/csv)(?:\\s*;\\s*charset=\"?[a-z0-9_-]+\"?)?");

    private static final String UNNAMED = "application/octet-stream";

    private RawAnswer() {}

    /** Passes on the content type and no other header. Fails for an answer that must not be passed on. */
    static RestResponse<byte[]> of(RestResponse<byte[]> answer) {
        byte[] body = answer.getEntity();
        if (body == null || body.length == 0) {
            return RestResponse.ResponseBuilder.<byte[]>create(answer.getStatus())
                    .build();
        }
        if (answer.getHeaders().containsKey(HttpHeaders.CONTENT_ENCODING)) {
            throw Failure.GoToUnavailable.answered("GoTo's answer has an encoding that was not requested.");
        }
        return RestResponse.ResponseBuilder.<byte[]>create(answer.getStatus())
                .header(HttpHeaders.CONTENT_TYPE, contentType(answer.getHeaderString(HttpHeaders.CONTENT_TYPE)))
                .entity(body)
                .build();
    }

    private static String contentType(@Nullable String value) {
        String type = value == null ? UNNAMED : value.strip().toLowerCase(Locale.ROOT);
        if (!INERT.matcher(type).matches()) {
            throw Failure.GoToUnavailable.answered("GoTo's answer has a content type that its API does not use.");
        }
        return type;
    }
}
