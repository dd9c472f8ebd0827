package dev.meetgate.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.meetgate.openapi.Description.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Compares answers of the service with its OpenAPI document. */
public final class Contract {

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String PROBLEM = "application/problem+json";

    private static final Pattern API = Pattern.compile("/v1/|/connect/|/callback|/connected");

    /** The problems that every address may answer. No single operation describes them. */
    private static final Set<String> OF_ALL_ADDRESSES =
            Set.of("not-found", "uri-too-long", "too-large", "headers-too-large", "invalid-request");

    private static final Description DESCRIPTION = Description.current();
    private static final Schemas SCHEMAS = new Schemas(DESCRIPTION);
    private static final JsonNode PROBLEM_SCHEMA =
            JSON.getNodeFactory().objectNode().put("$ref", "#/components/schemas/Problem");

    private Contract() {}

    /** Fails if an answer of MeetGate's API is not as described. */
    public static void check(Answer answer) {
        List<String> violations = API.matcher(answer.path()).lookingAt() ? violations(answer) : List.of();
        if (!violations.isEmpty()) {
            throw new AssertionError("not as described: %s%n%s".formatted(violations, answer));
        }
    }

    static List<String> violations(Answer answer) {
        if (answer.method().equals("OPTIONS")) {
            return List.of();
        }
        List<Operation> operations = DESCRIPTION.at(answer.path());
        String method = answer.method().equals("HEAD") ? "GET" : answer.method();
        return operations.stream()
                .filter(operation -> operation.method().equals(method))
                .findFirst()
                .map(operation -> violations(operation, answer))
                .orElseGet(() -> violations(operations, answer));
    }

    private static List<String> violations(Operation operation, Answer answer) {
        JsonNode described = described(operation, answer);
        if (described.isMissingNode()) {
            return List.of("%s does not answer %d %s".formatted(operation, answer.status(), answer.contentType()));
        }
        var violations = new ArrayList<>(missingHeaders(described, answer));
        if (!answer.method().equals("HEAD")) {
            violations.addAll(bodyViolations(described.path("content"), answer));
        }
        return violations;
    }

    /** The description of an answer with this status and media type, or the default one. */
    private static JsonNode described(Operation operation, Answer answer) {
        JsonNode answers = operation.description().path("responses");
        return Stream.of(String.valueOf(answer.status()), answer.status() / 100 + "XX", "default")
                .map(status -> DESCRIPTION.resolve(answers.path(status)))
                .filter(JsonNode::isObject)
                .filter(described -> answer.contentType().isEmpty()
                        || !body(described.path("content"), answer).isMissingNode())
                .findFirst()
                .orElse(MissingNode.getInstance());
    }

    private static JsonNode body(JsonNode content, Answer answer) {
        return content.has(answer.contentType()) ? content.path(answer.contentType()) : content.path("*/*");
    }

    /** Violations of an answer to an unknown path or to a method that the path does not have. */
    private static List<String> violations(List<Operation> operations, Answer answer) {
        if (!answer.contentType().equals(PROBLEM)) {
            return List.of("this is not described");
        }
        if (answer.method().equals("HEAD")) {
            return List.of();
        }
        JsonNode problem = json(answer.body());
        String code = problem.path("code").asText();
        var violations = new ArrayList<>(problemViolations(PROBLEM_SCHEMA, problem, answer));
        if (code.equals("method-not-allowed") ? !allows(operations, answer) : !OF_ALL_ADDRESSES.contains(code)) {
            violations.add("this is not described");
        }
        return violations;
    }

    /** A method that MeetGate has nowhere is refused before its path is looked up. */
    private static boolean allows(List<Operation> operations, Answer answer) {
        if (operations.isEmpty()) {
            return !METHODS.contains(answer.method());
        }
        String allow = String.valueOf(answer.header().apply("Allow"));
        return Set.of(allow.split(", "))
                .equals(operations.stream().map(Operation::method).collect(Collectors.toSet()));
    }

    private static List<String> missingHeaders(JsonNode described, Answer answer) {
        return described.path("headers").properties().stream()
                .filter(header ->
                        DESCRIPTION.resolve(header.getValue()).path("required").asBoolean())
                .map(Map.Entry::getKey)
                .filter(name -> answer.header().apply(name) == null)
                .map(name -> "the header " + name + " is missing")
                .toList();
    }

    private static List<String> bodyViolations(JsonNode content, Answer answer) {
        JsonNode described = body(content, answer);
        if (described.isMissingNode()) {
            return answer.body().isEmpty() && content.isEmpty() ? List.of() : List.of("the body is not as described");
        }
        if (!described.path("schema").isObject() || !answer.contentType().endsWith("json")) {
            return List.of();
        }
        JsonNode body = json(answer.body());
        if (!answer.contentType().equals(PROBLEM) || answer.status() < 400) {
            return SCHEMAS.violations(described.path("schema"), body);
        }
        var violations = new ArrayList<>(problemViolations(described.path("schema"), body, answer));
        if (!examples(described).anyMatch(example -> isLike(example, body))) {
            violations.add("the code is not described");
        }
        return violations;
    }

    private static Stream<JsonNode> examples(JsonNode described) {
        return described
                .path("examples")
                .valueStream()
                .map(DESCRIPTION::resolve)
                .map(example -> example.path("value"));
    }

    private static boolean isLike(JsonNode example, JsonNode problem) {
        return Stream.of("code", "status", "retryable")
                .allMatch(member -> example.path(member).equals(problem.path(member)));
    }

    private static List<String> problemViolations(JsonNode schema, JsonNode problem, Answer answer) {
        var violations = new ArrayList<>(SCHEMAS.violations(schema, problem));
        if (problem.path("status").asInt() != answer.status()) {
            violations.add("the problem has another status");
        }
        return violations;
    }

    private static JsonNode json(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }
}
