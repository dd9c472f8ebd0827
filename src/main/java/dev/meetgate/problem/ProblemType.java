package dev.meetgate.problem;

import java.net.URI;
import java.util.Locale;

/** The problems that an answer can be (RFC 9457). Their names are part of the API. */
public enum ProblemType {
    UNAUTHENTICATED(401, "No valid credential", false),
    FORBIDDEN(403, "Not allowed", false),
    INVALID_REQUEST(400, "Invalid request", false),
    NOT_FOUND(404, "Nothing here", false),
    METHOD_NOT_ALLOWED(405, "Method not allowed", false),
    NOT_ACCEPTABLE(406, "No acceptable representation", false),
    PRECONDITION_FAILED(412, "Precondition failed", false),
    TOO_LARGE(413, "Request too large", false),
    URI_TOO_LONG(414, "Address too long", false),
    UNSUPPORTED_MEDIA_TYPE(415, "Unsupported content type", false),
    NOT_CONNECTED(404, "Not connected", false),
    RECONNECT_REQUIRED(409, "Reconnect required", false),
    MEETING_NOT_FOUND(404, "Meeting not found", false),
    REJECTED_BY_GOTO(422, "Rejected by GoTo", false),
    FORBIDDEN_BY_GOTO(403, "Forbidden by GoTo", false),
    RATE_LIMITED(429, "Too many requests", true),
    GOTO_UNAVAILABLE(503, "GoTo is unavailable", true),
    UNAVAILABLE(503, "MeetGate is unavailable", true),
    /** Also 422 and not retryable; see {@link Failure.IdempotencyConflict}. */
    IDEMPOTENCY_CONFLICT(409, "Idempotency key in use", true),
    UNKNOWN_CALLBACK(400, "Unknown callback", false),
    INTERNAL_ERROR(500, "Internal error", false);

    private final int status;
    private final String title;
    private final boolean retryable;

    ProblemType(int status, String title, boolean retryable) {
        this.status = status;
        this.title = title;
        this.retryable = retryable;
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

    /** Whether the same request may succeed later, with nothing changed. */
    public boolean retryable() {
        return retryable;
    }
}
