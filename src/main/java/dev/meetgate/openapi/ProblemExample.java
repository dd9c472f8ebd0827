package dev.meetgate.openapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.meetgate.http.PageLimit;
import dev.meetgate.problem.Failure;
import dev.meetgate.problem.Problem;
import dev.meetgate.problem.ProblemType;
import dev.meetgate.problem.Problems;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.examples.Example;

/** An example of a problem in the OpenAPI document. */
record ProblemExample(String name, Problem problem) {

    private static final JsonMapper JSON = JsonMapper.builder()
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .build();

    /** By the code of its type, or by a name of its own where it differs from the type. */
    static ProblemExample named(String name) {
        return new ProblemExample(
                name,
                switch (name) {
                    case "idempotency-conflict-of-bodies" -> Problem.of(Failure.IdempotencyConflict.ofBodies());
                    case "goto-unavailable-outcome-unknown" ->
                        Problem.of(new Failure.OutcomeUnknown(new TimeoutException()));
                    case "not-found-webhook" -> Problem.of(Failure.UnknownToWebhook.noWebhook());
                    default ->
                        problem(ProblemType.valueOf(
                                name.toUpperCase(Locale.ROOT).replace('-', '_')));
                });
    }

    int status() {
        return problem.status();
    }

    Example toExample() {
        Map<String, Object> value = JSON.convertValue(problem, new TypeReference<>() {});
        // The same in every build.
        value.put("instance", "urn:uuid:7d444840-9dc0-11d1-b245-5ffdce74fad2");
        return OASFactory.createExample().summary(problem.title()).value(value);
    }

    private static Problem problem(ProblemType type) {
        return switch (type) {
            case FORBIDDEN -> Problem.of(new Failure.Forbidden("meetings:write"));
            case UNAUTHENTICATED,
                    METHOD_NOT_ALLOWED,
                    NOT_ACCEPTABLE,
                    TOO_LARGE,
                    URI_TOO_LONG,
                    UNSUPPORTED_MEDIA_TYPE,
                    HEADERS_TOO_LARGE,
                    INTERNAL_ERROR -> Problems.of(type.status());
            case INVALID_REQUEST -> Problem.of(PageLimit.invalid());
            case NOT_FOUND -> Problem.of(new Failure.UnknownAtGoTo("id"));
            case NOT_CONNECTED -> Problem.of(new Failure.NotConnected());
            case RECONNECT_REQUIRED ->
                Problem.of(new Failure.ReconnectRequired())
                        .withConnectUrl(URI.create(
                                "https://meetgate.example.com/connect/4fzGN0YkwQ7m2pXsB8eRtLuVd1aKcHjI5oZy9n3fE"));
            case MEETING_NOT_FOUND -> Problem.of(new Failure.MeetingNotFound());
            case PRECONDITION_FAILED -> Problem.of(new Failure.PreconditionFailed());
            case IDEMPOTENCY_CONFLICT -> Problem.of(Failure.IdempotencyConflict.underWay());
            case REJECTED_BY_GOTO ->
                Problem.of(new Failure.RejectedByGoTo(400, "RequestValidationError", null).naming("startTime"));
            case FORBIDDEN_BY_GOTO -> Problem.of(new Failure.ForbiddenByGoTo(403));
            case RATE_LIMITED -> Problem.of(new Failure.RateLimited(Duration.ofSeconds(1)));
            case TOO_MANY_ATTEMPTS -> Problem.of(new Failure.TooManyAttempts(Duration.ofSeconds(30)));
            case GOTO_UNAVAILABLE -> Problem.of(new Failure.GoToUnavailable("GoTo answered 502."));
            case UNAVAILABLE -> Problem.of(Failure.Unavailable.ofDatabase());
            case ISSUER_UNAVAILABLE -> Problem.of(new Failure.IssuerUnavailable(Duration.ofSeconds(5)));
            case TOO_MANY_CONNECT_LINKS -> Problem.of(new Failure.TooManyConnectLinks(20, 10_000));
            case UNKNOWN_CALLBACK -> Problem.of(new Failure.UnknownCallback());
        };
    }
}
