package dev.meetgate.problem;

/** The problem for an HTTP status, where the router or JAX-RS refuses a request. */
public final class Problems {

    public static final int LONGEST_ADDRESS = 8000;

    /** Equal to {@code quarkus.http.limits.max-body-size}, which answers with a status line only. */
    public static final int LARGEST_BODY_KB = 64;

    public static final int LARGEST_HEADERS_KB = 16;

    private Problems() {}

    public static Problem of(int status) {
        return switch (status) {
            case 401 -> Problem.of(new Failure.Unauthenticated());
            case 403 -> Problem.of(ProblemType.FORBIDDEN, "The credential does not allow this operation.");
            case 404 ->
                Problem.of(ProblemType.NOT_FOUND, "This path is not in the API. The OpenAPI document lists all paths.");
            case 405 ->
                Problem.of(
                        ProblemType.METHOD_NOT_ALLOWED,
                        "This path does not support the method. The header Allow lists the supported ones.");
            case 406 ->
                Problem.of(
                        ProblemType.NOT_ACCEPTABLE,
                        "This operation answers application/json only. Change the Accept header.");
            case 413 ->
                Problem.of(
                        ProblemType.TOO_LARGE,
                        "The request body must not be larger than %d KB.".formatted(LARGEST_BODY_KB));
            case 414 ->
                Problem.of(
                        ProblemType.URI_TOO_LONG,
                        "The URL must not be longer than %d characters.".formatted(LONGEST_ADDRESS));
            case 415 -> Problem.of(ProblemType.UNSUPPORTED_MEDIA_TYPE, "Send the body as application/json.");
            case 431 ->
                Problem.of(
                        ProblemType.HEADERS_TOO_LARGE,
                        "The headers must not be larger than %d KB together.".formatted(LARGEST_HEADERS_KB));
            default ->
                status < 500
                        ? Problem.of(new Failure.InvalidRequest("request", "The request is malformed."))
                        : Problem.of(
                                ProblemType.INTERNAL_ERROR,
                                "MeetGate had an internal error. Its log has the cause, with the instance of this problem.");
        };
    }
}
