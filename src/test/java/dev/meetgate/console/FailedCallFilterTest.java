package dev.meetgate.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.meetgate.openapi.Description;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class FailedCallFilterTest {

    private static final Description API = Description.current();

    /** A call with a wrong user is nobody's. Any text is an If-None-Match. */
    private static final Set<String> NEVER_REFUSED = Set.of("user", "If-None-Match");

    @Test
    void knowsTheFieldsOfCallsForAUser() {
        Set<String> names = API.operations()
                .filter(operation -> operation.path().startsWith("/v1/users/"))
                .flatMap(operation -> Stream.concat(parameters(operation), members(operation)))
                .collect(Collectors.toCollection(TreeSet::new));
        names.removeAll(FailedCallFilter.FIELDS);
        assertEquals(new TreeSet<>(NEVER_REFUSED), names);
    }

    private static Stream<String> parameters(Description.Operation operation) {
        return stream(operation.description().path("parameters"))
                .map(parameter -> resolved(parameter).path("name").asText());
    }

    private static Stream<String> members(Description.Operation operation) {
        return stream(resolved(operation.description().path("requestBody")).path("content"))
                .flatMap(content ->
                        resolved(content.path("schema")).path("properties").propertyStream())
                .map(member -> member.getKey());
    }

    private static Stream<JsonNode> stream(JsonNode elements) {
        return StreamSupport.stream(elements.spliterator(), false);
    }

    private static JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? API.document().at(node.path("$ref").asText().substring(1)) : node;
    }
}
