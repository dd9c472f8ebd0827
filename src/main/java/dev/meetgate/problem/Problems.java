package dev.meetgate.problem;

/** The problems of plain HTTP, by their status: what the router and JAX-RS refuse before one of our methods is asked. */
public final class Problems {

    /** In characters. */
    public static final int LONGEST_ADDRESS = 8000;

    /** As {@code quarkus.http.limits.max-body-size}, which answers with a bare status line where it comes first. */
    public static final int LARGEST_BODY_KB = 64;

    private Problems() {}

    public static Problem of(int status) {
        return switch (status) {
            case 401 -> Problem.of(new Failure.Unauthenticated());
            case 403 -> Problem.of(ProblemType.FORBIDDEN, "This credential may not do this.");
            case 404 ->
                Problem.of(ProblemType.NOT_FOUND, "There is nothing at this address; the API is described in OpenAPI.");
            case 405 ->
                Problem.of(ProblemType.METHOD_NOT_ALLOWED, "This address does not take this method; see Allow.");
            case 406 -> Problem.of(ProblemType.NOT_ACCEPTABLE, "This answer is application/json.");
            case 413 ->
                Problem.of(ProblemType.TOO_LARGE, "A request body has at most %d KB.".formatted(LARGEST_BODY_KB));
            case 414 ->
                Problem.of(
                        ProblemType.URI_TOO_LONG, "An address has at most %d characters.".formatted(LONGEST_ADDRESS));
            case 415 -> Problem.of(ProblemType.UNSUPPORTED_MEDIA_TYPE, "Send the body as application/json.");
            default ->
                status < 500
                        ? Problem.of(new Failure.InvalidRequest("request", "The request could not be understood."))
                        : Problem.of(
                                ProblemType.INTERNAL_ERROR, "This is a fault of MeetGate; the log has its instance.");
        };
    }
}
