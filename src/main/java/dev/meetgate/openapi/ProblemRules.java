package dev.meetgate.openapi;

import static dev.meetgate.problem.ProblemType.FORBIDDEN;
import static dev.meetgate.problem.ProblemType.FORBIDDEN_BY_GOTO;
import static dev.meetgate.problem.ProblemType.GOTO_UNAVAILABLE;
import static dev.meetgate.problem.ProblemType.HEADERS_TOO_LARGE;
import static dev.meetgate.problem.ProblemType.INTERNAL_ERROR;
import static dev.meetgate.problem.ProblemType.INVALID_REQUEST;
import static dev.meetgate.problem.ProblemType.ISSUER_UNAVAILABLE;
import static dev.meetgate.problem.ProblemType.NOT_ACCEPTABLE;
import static dev.meetgate.problem.ProblemType.NOT_CONNECTED;
import static dev.meetgate.problem.ProblemType.PRECONDITION_FAILED;
import static dev.meetgate.problem.ProblemType.RATE_LIMITED;
import static dev.meetgate.problem.ProblemType.RECONNECT_REQUIRED;
import static dev.meetgate.problem.ProblemType.REJECTED_BY_GOTO;
import static dev.meetgate.problem.ProblemType.TOO_LARGE;
import static dev.meetgate.problem.ProblemType.TOO_MANY_ATTEMPTS;
import static dev.meetgate.problem.ProblemType.UNAUTHENTICATED;
import static dev.meetgate.problem.ProblemType.UNAVAILABLE;
import static dev.meetgate.problem.ProblemType.UNSUPPORTED_MEDIA_TYPE;
import static dev.meetgate.problem.ProblemType.URI_TOO_LONG;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toList;

import dev.meetgate.problem.Problem;
import dev.meetgate.problem.ProblemType;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

/** Adds to each operation the problems that it can answer, with an example of each. */
final class ProblemRules {

    private static final Set<ProblemType> OF_ALL =
            EnumSet.of(INVALID_REQUEST, TOO_LARGE, URI_TOO_LONG, HEADERS_TOO_LARGE, INTERNAL_ERROR);

    private static final Set<ProblemType> OF_SERVICES =
            EnumSet.of(UNAUTHENTICATED, TOO_MANY_ATTEMPTS, FORBIDDEN, NOT_ACCEPTABLE, UNAVAILABLE, ISSUER_UNAVAILABLE);

    private static final Set<ProblemType> OF_GOTO = EnumSet.of(
            NOT_CONNECTED, RECONNECT_REQUIRED, REJECTED_BY_GOTO, FORBIDDEN_BY_GOTO, RATE_LIMITED, GOTO_UNAVAILABLE);

    private final Components components;

    ProblemRules(Components components) {
        this.components = components;
    }

    void addTo(ApiOperation operation) {
        Stream.concat(types(operation).stream().map(ProblemType::code), operation.problems().stream())
                .distinct()
                .map(ProblemExample::named)
                .collect(groupingBy(ProblemExample::status, TreeMap::new, toList()))
                .forEach((status, examples) -> addTo(operation, String.valueOf(status), examples));
    }

    /** In Markdown, for the description of the whole API. */
    static String tableOfAll() {
        return Stream.of(ProblemType.values())
                .map(type -> "| `%s` | %d | %s |\n".formatted(type.code(), type.status(), type.title()))
                .collect(joining("", "\n| `code` | Status | Title |\n|---|---|---|\n", ""));
    }

    private static Set<ProblemType> types(ApiOperation operation) {
        var types = EnumSet.copyOf(OF_ALL);
        if (!operation.isForServices()) {
            return types;
        }
        types.addAll(OF_SERVICES);
        if (operation.takesJson()) {
            types.add(UNSUPPORTED_MEDIA_TYPE);
        }
        if (operation.callsGoTo()) {
            types.addAll(OF_GOTO);
        }
        if (operation.takes("If-Match")) {
            types.add(PRECONDITION_FAILED);
        }
        return types;
    }

    /** Keeps the page that the resource declares for this status. */
    private void addTo(ApiOperation operation, String status, List<ProblemExample> examples) {
        examples.forEach(example -> components.addExample(example.name(), example.toExample()));
        APIResponses answers = operation.description().getResponses();
        APIResponse declared = answers.getAPIResponse(status);
        if (declared != null) {
            Content content = declared.getContent() == null ? OASFactory.createContent() : declared.getContent();
            declared.content(content.addMediaType(Problem.MEDIA_TYPE, body(examples)));
        } else if (examples.size() == 1) {
            String name = examples.get(0).name();
            components.addResponse(name, answer(examples));
            answers.addAPIResponse(status, OASFactory.createAPIResponse().ref(name));
        } else {
            answers.addAPIResponse(status, answer(examples));
        }
    }

    /** One response for all problems of a status. */
    private static APIResponse answer(List<ProblemExample> examples) {
        APIResponse answer = OASFactory.createAPIResponse()
                .description(examples.stream()
                        .map(ProblemExample::problem)
                        .map(problem -> "%s (`%s`)".formatted(problem.title(), problem.code()))
                        .distinct()
                        .collect(joining(", or ")))
                .content(OASFactory.createContent().addMediaType(Problem.MEDIA_TYPE, body(examples)));
        switch (examples.get(0).status()) {
            case 401 -> Headers.add(answer, Headers.WWW_AUTHENTICATE);
            case 429, 503 -> Headers.add(answer, Headers.RETRY_AFTER);
            default -> {
                // No header of its own.
            }
        }
        return answer;
    }

    private static MediaType body(List<ProblemExample> examples) {
        var body = OASFactory.createMediaType().schema(OASFactory.createSchema().ref("Problem"));
        examples.forEach(example ->
                body.addExample(example.name(), OASFactory.createExample().ref(example.name())));
        return body;
    }
}
