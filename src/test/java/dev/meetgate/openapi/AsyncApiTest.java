package dev.meetgate.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.meetgate.events.EventType;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The AsyncAPI document tells of webhooks what the code and the OpenAPI document do. */
@QuarkusTest
class AsyncApiTest {

    private static final Description API = Description.current();

    private JsonNode document;

    @BeforeEach
    void read() throws IOException {
        var answer = RestAssured.get("/q/asyncapi");
        assertEquals("application/json", answer.contentType());
        document = JsonMapper.builder().build().readTree(answer.asString());
    }

    @Test
    void sendsOneMessageOfEachType() {
        Set<String> types = Stream.concat(
                        Arrays.stream(EventType.values()).map(EventType::type), Stream.of(EventType.TEST))
                .collect(Collectors.toSet());

        List<JsonNode> messages = elements(document.at("/operations/sendEvent/messages"));
        assertEquals(types.size(), messages.size());
        assertEquals(
                types,
                messages.stream()
                        .map(message -> resolve(resolve(message)))
                        .map(message -> message.at("/payload/allOf/1/properties/type/const"))
                        .map(JsonNode::textValue)
                        .collect(Collectors.toSet()));
    }

    @Test
    void hasTheSchemasOfTheOpenApiDocument() {
        JsonNode schemas = document.at("/components/schemas");
        schemas.properties().stream()
                .filter(schema -> !schema.getKey().equals("WebhookHeaders"))
                .forEach(schema -> assertEquals(
                        API.document().at("/components/schemas").path(schema.getKey()), schema.getValue()));
        assertEquals(Set.of("webhook-id", "webhook-timestamp", "webhook-signature"), headers(schemas));
    }

    private static Set<String> headers(JsonNode schemas) {
        return elements(schemas.at("/WebhookHeaders/required")).stream()
                .map(JsonNode::textValue)
                .collect(Collectors.toSet());
    }

    @Test
    void refersToWhatItHas() {
        List<String> references = document.findValuesAsText("$ref");

        assertFalse(references.isEmpty());
        assertEquals(
                List.of(),
                references.stream()
                        .filter(reference -> document.at(reference.substring(1)).isMissingNode())
                        .toList());
    }

    private JsonNode resolve(JsonNode node) {
        return document.at(node.path("$ref").textValue().substring(1));
    }

    private static List<JsonNode> elements(JsonNode array) {
        return Stream.iterate(0, index -> index + 1)
                .limit(array.size())
                .map(array::get)
                .toList();
    }
}
