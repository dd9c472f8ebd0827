package dev.meetgate.problem;

import java.net.URI;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The types of problems (RFC 9457). Their names are part of the API. */
public enum ProblemType {
    UNAUTHENTICATED(401, "Missing or invalid credential", false),
    FORBIDDEN(403, "Operation not allowed", false),
    INVALID_REQUEST(400, "Invalid request", false),
    NOT_FOUND(404, "Not found", false),
    METHOD_NOT_ALLOWED(405, "Method not allowed", false),
    NOT_ACCEPTABLE(406, "Not acceptable", false),
    PRECONDITION_FAILED(412, "Precondition failed", false),
    TOO_LARGE(413, "Request too large", false),
    URI_TOO_LONG(414, "URL too long", false),
    UNSUPPORTED_MEDIA_TYPE(415, "Unsupported content type", false),
    HEADERS_TOO_LARGE(431, "Headers too large", false),
    NOT_CONNECTED(404, "Not connected", false),
    RECONNECT_REQUIRED(409, "Reconnection required", false),
    MEETING_NOT_FOUND(404, "Meeting not found", false),
    REJECTED_BY_GOTO(422, "Values rejected by GoTo", false),
    FORBIDDEN_BY_GOTO(403, "Not allowed by GoTo", false),
    RATE_LIMITED(429, "Request limit reached", true),
    TOO_MANY_ATTEMPTS(429, "Too many wrong credentials", true),
    GOTO_UNAVAILABLE(503, "GoTo is unavailable", true),
    UNAVAILABLE(503, "MeetGate is unavailable", true),
    ISSUER_UNAVAILABLE(503, "The token's issuer is unavailable", true),
    /** Also 422 and not retryable; see {@link Failure.IdempotencyConflict}. */
    IDEMPOTENCY_CONFLICT(409, "Idempotency-Key already used", true),
    TOO_MANY_CONNECT_LINKS(429, "Too many connect links", true),
    UNKNOWN_CALLBACK(400, "Unknown or expired attempt to connect", false),
    INTERNAL_ERROR(500, "Internal error", false);

    private final int status;
    private final String title;
    private final boolean retryable;

    ProblemType(int status, String title, boolean retryable) {
        this.status = status;
        this.title = title;
        this.retryable = retryable;
    }

    /** Whether nobody knows whose call was answered with this code. */
    public static boolean isWithoutCaller(@Nullable String code) {
        return Stream.of(UNAUTHENTICATED, TOO_MANY_ATTEMPTS, ISSUER_UNAVAILABLE)
                .anyMatch(type -> type.code().equals(code));
    }

    /** The extension member {@code code}, such as {@code not-connected}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public URI type() {
        return URI.create("urn:meetgate:problem:" + code());
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** Whether the same request may succeed later. */
    public boolean retryable() {
        return retryable;
    }
}
