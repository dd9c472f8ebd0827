package dev.meetgate.openapi;

import static dev.meetgate.problem.ProblemType.FORBIDDEN;
import static dev.meetgate.problem.ProblemType.FORBIDDEN_BY_GOTO;
import static dev.meetgate.problem.ProblemType.GOTO_UNAVAILABLE;
import static dev.meetgate.problem.ProblemType.IDEMPOTENCY_CONFLICT;
import static dev.meetgate.problem.ProblemType.INTERNAL_ERROR;
import static dev.meetgate.problem.ProblemType.INVALID_REQUEST;
import static dev.meetgate.problem.ProblemType.MEETING_NOT_FOUND;
import static dev.meetgate.problem.ProblemType.NOT_ACCEPTABLE;
import static dev.meetgate.problem.ProblemType.NOT_CONNECTED;
import static dev.meetgate.problem.ProblemType.NOT_FOUND;
import static dev.meetgate.problem.ProblemType.PRECONDITION_FAILED;
import static dev.meetgate.problem.ProblemType.RATE_LIMITED;
import static dev.meetgate.problem.ProblemType.RECONNECT_REQUIRED;
import static dev.meetgate.problem.ProblemType.REJECTED_BY_GOTO;
import static dev.meetgate.problem.ProblemType.TOO_LARGE;
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

/** Which problems an operation can answer, by rule, and how each looks. */
final class ProblemRules {

    private static final Set<ProblemType> OF_ALL = EnumSet.of(INVALID_REQUEST, TOO_LARGE, URI_TOO_LONG, INTERNAL_ERROR);

    private static final Set<ProblemType> OF_SERVICES =
            EnumSet.of(UNAUTHENTICATED, FORBIDDEN, NOT_ACCEPTABLE, UNAVAILABLE);

    private static final Set<ProblemType> OF_GOTO = EnumSet.of(
            NOT_CONNECTED, RECONNECT_REQUIRED, REJECTED_BY_GOTO, FORBIDDEN_BY_GOTO, RATE_LIMITED, GOTO_UNAVAILABLE);

    private ProblemRules() {}

    static void describe(Components components) {
        Occurrence.all().forEach(occurrence -> {
            components.addExample(occurrence.name(), occurrence.example());
            components.addResponse(occurrence.name(), answer(List.of(occurrence)));
        });
    }

    static void addTo(ApiOperation operation) {
        Stream.concat(types(operation).stream().map(Occurrence::of), particular(operation))
                .collect(groupingBy(Occurrence::status, TreeMap::new, toList()))
                .forEach((status, occurrences) -> addTo(operation, String.valueOf(status), occurrences));
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
        if (operation.showsConnection()) {
            types.add(NOT_CONNECTED);
        }
        if (operation.callsGoTo()) {
            types.addAll(OF_GOTO);
            // What GoTo says is not found is a meeting, where nothing else was asked for.
            types.add(operation.isAboutOthersThanMeetings() ? NOT_FOUND : MEETING_NOT_FOUND);
        }
        if (operation.takes("If-Match")) {
            types.add(PRECONDITION_FAILED);
        }
        if (operation.takes("Idempotency-Key")) {
            types.add(IDEMPOTENCY_CONFLICT);
        }
        return types;
    }

    /** What has the type of another one, and differs. */
    private static Stream<Occurrence> particular(ApiOperation operation) {
        return Stream.concat(
                operation.takes("Idempotency-Key") ? Stream.of(Occurrence.OTHER_BODY) : Stream.of(),
                operation.mayNotBeRepeated() ? Stream.of(Occurrence.OUTCOME_UNKNOWN) : Stream.of());
    }

    /** Beside the page of this status, where there is one. */
    private static void addTo(ApiOperation operation, String status, List<Occurrence> occurrences) {
        APIResponses answers = operation.description().getResponses();
        APIResponse declared = answers.getAPIResponse(status);
        if (declared != null) {
            Content content = declared.getContent() == null ? OASFactory.createContent() : declared.getContent();
            declared.content(content.addMediaType(Problem.MEDIA_TYPE, body(occurrences)));
        } else if (occurrences.size() == 1) {
            answers.addAPIResponse(
                    status,
                    OASFactory.createAPIResponse().ref(occurrences.get(0).name()));
        } else {
            answers.addAPIResponse(status, answer(occurrences));
        }
    }

    /** What is one of these problems, which have the same status. */
    private static APIResponse answer(List<Occurrence> occurrences) {
        APIResponse answer = OASFactory.createAPIResponse()
                .description(occurrences.stream()
                        .map(Occurrence::problem)
                        .map(problem -> "%s (`%s`)".formatted(problem.title(), problem.code()))
                        .distinct()
                        .collect(joining(", or ")))
                .content(OASFactory.createContent().addMediaType(Problem.MEDIA_TYPE, body(occurrences)));
        switch (occurrences.get(0).status()) {
            case 401 -> Headers.add(answer, Headers.WWW_AUTHENTICATE);
            case 405 -> Headers.add(answer, Headers.ALLOW);
            case 429, 503 -> Headers.add(answer, Headers.RETRY_AFTER);
            default -> {
                // The problem says it all.
            }
        }
        return answer;
    }

    private static MediaType body(List<Occurrence> occurrences) {
        var body = OASFactory.createMediaType().schema(OASFactory.createSchema().ref("Problem"));
        occurrences.forEach(occurrence ->
                body.addExample(occurrence.name(), OASFactory.createExample().ref(occurrence.name())));
        return body;
    }
}
