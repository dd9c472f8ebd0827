package dev.meetgate.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.meetgate.openapi.Description.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/** Finds changes of the API that break callers of an older release. Additions break nobody. */
final class BreakingChanges {

    private final Description current;
    private final SchemaChanges schemas;
    private final List<String> found = new ArrayList<>();

    private BreakingChanges(Description released, Description current) {
        this.current = current;
        schemas = new SchemaChanges(released, current, found);
    }

    static List<String> between(Description released, Description current) {
        var changes = new BreakingChanges(released, current);
        released.operations().forEach(changes::operation);
        return changes.found;
    }

    private void operation(Operation before) {
        JsonNode after = current.operations()
                .filter(operation -> operation.toString().equals(before.toString()))
                .map(Operation::description)
                .findFirst()
                .orElse(MissingNode.getInstance());
        String where = before.toString();
        if (isThere(where, after)) {
            JsonNode released = before.description();
            parameters(where, released.path("parameters"), after.path("parameters"));
            body(where + " takes", released.path("requestBody"), after.path("requestBody"));
            released.path("responses").properties().stream()
                    .filter(response -> response.getKey().matches("[23].."))
                    .forEach(response -> response(
                            where + " " + response.getKey(),
                            response.getValue(),
                            after.path("responses").path(response.getKey())));
        }
    }

    private void parameters(String where, JsonNode before, JsonNode after) {
        for (JsonNode parameter : before) {
            JsonNode same = same(parameter, after);
            if (isThere(name(where, parameter), same)) {
                schemas.compare(name(where, parameter), parameter.path("schema"), same.path("schema"), true);
            }
        }
        for (JsonNode parameter : after) {
            required(name(where, parameter), same(parameter, before), parameter);
        }
    }

    private static JsonNode same(JsonNode parameter, JsonNode parameters) {
        return StreamSupport.stream(parameters.spliterator(), false)
                .filter(other -> name("", other).equals(name("", parameter)))
                .findFirst()
                .orElse(MissingNode.getInstance());
    }

    private static String name(String where, JsonNode parameter) {
        return "%s %s %s"
                .formatted(
                        where,
                        parameter.path("in").asText(),
                        parameter.path("name").asText());
    }

    private void body(String where, JsonNode before, JsonNode after) {
        required(where, before, after);
        content(where, before.path("content"), after.path("content"), true);
    }

    private void response(String where, JsonNode before, JsonNode after) {
        if (isThere(where, after)) {
            before.path("headers")
                    .fieldNames()
                    .forEachRemaining(name ->
                            isThere(where + " " + name, after.path("headers").path(name)));
            content(where, before.path("content"), after.path("content"), false);
        }
    }

    private void content(String where, JsonNode before, JsonNode after, boolean sent) {
        before.properties().forEach(type -> {
            JsonNode now = after.path(type.getKey());
            if (isThere(where + " " + type.getKey(), now)) {
                schemas.compare(where, type.getValue().path("schema"), now.path("schema"), sent);
            }
        });
    }

    private void required(String where, JsonNode before, JsonNode after) {
        if (after.path("required").asBoolean() && !before.path("required").asBoolean()) {
            found.add(where + " is required");
        }
    }

    private boolean isThere(String where, JsonNode after) {
        if (after.isMissingNode()) {
            found.add(where + " is gone");
        }
        return !after.isMissingNode();
    }
}
