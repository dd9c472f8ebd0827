package dev.meetgate;

import static dev.meetgate.ProblemType.FORBIDDEN;
import static dev.meetgate.ProblemType.FORBIDDEN_BY_GOTO;
import static dev.meetgate.ProblemType.GOTO_UNAVAILABLE;
import static dev.meetgate.ProblemType.INTERNAL_ERROR;
import static dev.meetgate.ProblemType.INVALID_REQUEST;
import static dev.meetgate.ProblemType.MEETING_NOT_FOUND;
import static dev.meetgate.ProblemType.NOT_ACCEPTABLE;
import static dev.meetgate.ProblemType.NOT_CONNECTED;
import static dev.meetgate.ProblemType.RATE_LIMITED;
import static dev.meetgate.ProblemType.RECONNECT_REQUIRED;
import static dev.meetgate.ProblemType.REJECTED_BY_GOTO;
import static dev.meetgate.ProblemType.TOO_LARGE;
import static dev.meetgate.ProblemType.UNAUTHENTICATED;
import static dev.meetgate.ProblemType.UNSUPPORTED_MEDIA_TYPE;
import static dev.meetgate.ProblemType.URI_TOO_LONG;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toList;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** Which problems an operation can answer, by rule, and how each looks. */
final class OpenApiProblems {

    private static final Set<ProblemType> OF_ALL = EnumSet.of(INVALID_REQUEST, TOO_LARGE, URI_TOO_LONG, INTERNAL_ERROR);

    private static final Set<ProblemType> OF_SERVICES = EnumSet.of(UNAUTHENTICATED, FORBIDDEN, NOT_ACCEPTABLE);

    /** Not found is whatever GoTo says is, and mostly that is a meeting. */
    private static final Set<ProblemType> OF_GOTO = EnumSet.of(
            NOT_CONNECTED,
            RECONNECT_REQUIRED,
            MEETING_NOT_FOUND,
            REJECTED_BY_GOTO,
            FORBIDDEN_BY_GOTO,
            RATE_LIMITED,
            GOTO_UNAVAILABLE);

    private static final String OF_A_USER = "/v1/users/{user}/";
    private static final String CONNECTION = OF_A_USER + "connection";

    /** What is about a user and does not ask GoTo. */
    private static final Set<String> LOCAL = Set.of(CONNECTION, OF_A_USER + "connect-links");

    private static final String ALLOW = "Allow";
    private static final String RETRY_AFTER = "Retry-After";
    private static final String WWW_AUTHENTICATE = "WWW-Authenticate";

    OpenApiProblems(Components components) {
        for (ProblemType type : ProblemType.values()) {
            components.addExample(type.code(), OpenApiProblemExamples.of(type));
            components.addResponse(type.code(), answer(List.of(type)));
        }
        components
                .addHeader(ALLOW, header("The methods that the address takes", SchemaType.STRING))
                .addHeader(RETRY_AFTER, header("Seconds after which to try again", SchemaType.INTEGER))
                .addHeader(WWW_AUTHENTICATE, header("The scheme of the credential, `Bearer`", SchemaType.STRING));
    }

    void addTo(String path, HttpMethod method, Operation operation) {
        of(path, method, operation).stream()
                .collect(groupingBy(ProblemType::status, TreeMap::new, toList()))
                .forEach((status, types) -> addTo(operation, String.valueOf(status), types));
    }

    private static Set<ProblemType> of(String path, HttpMethod method, Operation operation) {
        var types = EnumSet.copyOf(OF_ALL);
        if (!path.startsWith(OpenApiRules.SERVICES)) {
            return types;
        }
        types.addAll(OF_SERVICES);
        if (operation.getRequestBody() != null) {
            types.add(UNSUPPORTED_MEDIA_TYPE);
        }
        if (path.startsWith(OF_A_USER) && !LOCAL.contains(path)) {
            types.addAll(OF_GOTO);
        }
        if (path.equals(CONNECTION) && method == HttpMethod.GET) {
            types.add(NOT_CONNECTED);
        }
        return types;
    }

    /** Beside the page of this status, where there is one. */
    private static void addTo(Operation operation, String status, List<ProblemType> types) {
        APIResponse declared = operation.getResponses().getAPIResponse(status);
        if (declared != null) {
            Content content = declared.getContent() == null ? OASFactory.createContent() : declared.getContent();
            declared.content(content.addMediaType(Problem.MEDIA_TYPE, body(types)));
        } else if (types.size() == 1) {
            operation
                    .getResponses()
                    .addAPIResponse(
                            status,
                            OASFactory.createAPIResponse().ref(types.get(0).code()));
        } else {
            operation.getResponses().addAPIResponse(status, answer(types));
        }
    }

    /** What is one of these problems, which have the same status. */
    private static APIResponse answer(List<ProblemType> types) {
        APIResponse answer = OASFactory.createAPIResponse()
                .description(types.stream()
                        .map(type -> "%s (`%s`)".formatted(type.title(), type.code()))
                        .collect(joining(", or ")))
                .content(OASFactory.createContent().addMediaType(Problem.MEDIA_TYPE, body(types)));
        switch (types.get(0).status()) {
            case 401 ->
                answer.addHeader(WWW_AUTHENTICATE, OASFactory.createHeader().ref(WWW_AUTHENTICATE));
            case 405 -> answer.addHeader(ALLOW, OASFactory.createHeader().ref(ALLOW));
            case 429, 503 ->
                answer.addHeader(RETRY_AFTER, OASFactory.createHeader().ref(RETRY_AFTER));
            default -> {
                // The problem says it all.
            }
        }
        return answer;
    }

    private static MediaType body(List<ProblemType> types) {
        var body = OASFactory.createMediaType().schema(OASFactory.createSchema().ref("Problem"));
        types.forEach(
                type -> body.addExample(type.code(), OASFactory.createExample().ref(type.code())));
        return body;
    }

    private static Header header(String description, SchemaType type) {
        return OASFactory.createHeader()
                .description(description)
                .required(true)
                .schema(OASFactory.createSchema().addType(type));
    }
}
