package dev.meetgate;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.examples.Example;

/** Each problem as it would be answered. */
final class OpenApiProblemExamples {

    private static final JsonMapper JSON = JsonMapper.builder()
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .build();

    private OpenApiProblemExamples() {}

    static Example of(ProblemType type) {
        Map<String, Object> value = JSON.convertValue(problem(type), new TypeReference<>() {});
        // One that is the same in every build.
        value.put("instance", "urn:uuid:7d444840-9dc0-11d1-b245-5ffdce74fad2");
        return OASFactory.createExample().summary(type.title()).value(value);
    }

    private static Problem problem(ProblemType type) {
        return switch (type) {
            case UNAUTHENTICATED,
                    FORBIDDEN,
                    NOT_FOUND,
                    METHOD_NOT_ALLOWED,
                    NOT_ACCEPTABLE,
                    TOO_LARGE,
                    URI_TOO_LONG,
                    UNSUPPORTED_MEDIA_TYPE,
                    INTERNAL_ERROR -> Problems.of(type.status());
            case INVALID_REQUEST -> Problem.of(new Failure.InvalidRequest("limit", "limit is a number from 1 to 200."));
            case NOT_CONNECTED -> Problem.of(new Failure.NotConnected());
            case RECONNECT_REQUIRED ->
                Problem.of(new Failure.ReconnectRequired(new User("demo", "alice")))
                        .withConnectUrl(URI.create(
                                "https://meetgate.example.com/connect/4fzGN0YkwQ7m2pXsB8eRtLuVd1aKcHjI5oZy9n3fE"));
            case MEETING_NOT_FOUND -> Problem.of(new Failure.MeetingNotFound());
            case REJECTED_BY_GOTO -> Problem.of(new Failure.RejectedByGoTo(400));
            case FORBIDDEN_BY_GOTO -> Problem.of(new Failure.ForbiddenByGoTo(403));
            case RATE_LIMITED -> Problem.of(new Failure.RateLimited(Duration.ofSeconds(1)));
            case GOTO_UNAVAILABLE -> Problem.of(new Failure.GoToUnavailable("GoTo answered 502."));
            case UNKNOWN_CALLBACK -> Problem.of(new Failure.UnknownCallback());
        };
    }
}
