package dev.meetgate.openapi;

import dev.meetgate.problem.ProblemType;
import java.util.List;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.parameters.RequestBody;

/**
 * One method of one path.
 *
 * @param problems those of the extension {@code x-problems}; {@link ProblemRules} adds the others
 */
record ApiOperation(HttpMethod method, Operation description, boolean isForServices, List<String> problems) {

    static final String PROBLEMS = "x-problems";

    /** Tenants' services call what is below {@code /v1/}. Browsers open the rest. */
    static ApiOperation of(String path, HttpMethod method, Operation description) {
        return new ApiOperation(method, description, path.startsWith("/v1/"), takeProblems(description));
    }

    private static List<String> takeProblems(Operation description) {
        if (description.getExtensions() == null || !description.getExtensions().containsKey(PROBLEMS)) {
            return List.of();
        }
        String names = String.valueOf(description.getExtensions().get(PROBLEMS));
        description.removeExtension(PROBLEMS);
        return List.of(names.split(" "));
    }

    boolean callsGoTo() {
        return problems.contains(ProblemType.GOTO_UNAVAILABLE.code());
    }

    /** Answers what GoTo answered, whatever the status of the success is. */
    boolean isRaw() {
        return description.getResponses().hasAPIResponse("2XX");
    }

    /** Browsers may cache it. */
    boolean isFile() {
        Content content = description.getResponses().getAPIResponse("200") == null
                ? null
                : description.getResponses().getAPIResponse("200").getContent();
        return content != null && content.hasMediaType("text/javascript");
    }

    boolean takes(String parameter) {
        List<Parameter> parameters = description.getParameters();
        return parameters != null && parameters.stream().map(Parameter::getName).anyMatch(parameter::equals);
    }

    boolean takesJson() {
        RequestBody body = description.getRequestBody();
        return body != null && body.getContent().hasMediaType("application/json");
    }
}
