package dev.meetgate.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Checks values against the schemas of an OpenAPI document. Unknown members are violations. */
final class Schemas {

    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            registry -> registry.schemaRegistryConfig(
                    SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JsonNode definitions;
    private final Map<JsonNode, Schema> known = new ConcurrentHashMap<>();

    Schemas(Description description) {
        definitions = alone(description.document().at("/components/schemas"));
        close(definitions);
    }

    /** The violations of the schema; empty if the value is valid. */
    List<String> violations(JsonNode schema, JsonNode value) {
        return known.computeIfAbsent(schema, this::complete).validate(value).stream()
                .map(Object::toString)
                .toList();
    }

    private Schema complete(JsonNode schema) {
        return REGISTRY.getSchema(((ObjectNode) alone(schema)).set("$defs", definitions));
    }

    /** A plain JSON schema, with references that do not need OpenAPI. */
    private static JsonNode alone(JsonNode schema) {
        try {
            return JSON.readTree(schema.toString().replace("#/components/schemas/", "#/$defs/"));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void close(JsonNode node) {
        if (node instanceof ObjectNode schema && schema.path("properties").isObject()) {
            schema.put("additionalProperties", false);
        }
        node.forEach(Schemas::close);
    }
}
