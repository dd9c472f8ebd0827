package dev.meetgate.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map.Entry;
import java.util.random.RandomGenerator;

/** Random values, with and without a schema. */
final class RandomValues {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "a",
            "null",
            "-1",
            "1.5e3",
            "99999999999999999999",
            "4815162342",
            "2027-01-15T09:00:00Z",
            "2027-02-30T09:00:00Z",
            "+999999999-12-31T23:59:59Z",
            "\u0000",
            "line\r\nX-Injected: yes",
            "\u202Eevil",
            "\uD83D",
            "Ünïcode 日本語 🎉",
            "<script>alert(1)</script>",
            "' or 1=1; drop table connection; --",
            "${jndi:ldap://x}",
            "%00%zz",
            "../../etc/passwd",
            "a/b;c=d?e#f",
            "x".repeat(101),
            "x".repeat(300),
            "💥".repeat(750));

    private final Description description;
    private final RandomGenerator random;

    RandomValues(Description description, RandomGenerator random) {
        this.description = description;
        this.random = random;
    }

    <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** Returns true once in so many calls on average. */
    boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    String text() {
        return oneOf(TEXTS);
    }

    /** A value that mostly fits the schema. Members may be absent, and a few are wrong. */
    JsonNode like(JsonNode reference) {
        JsonNode schema = description.resolve(reference);
        if (schema.has("enum")) {
            return oneOf(schema.path("enum").valueStream().toList());
        }
        if (schema.path("format").asText().equals("date-time")) {
            return JSON.textNode(Instant.now()
                    .plus(random.nextInt(60, 90_000), ChronoUnit.MINUTES)
                    .toString());
        }
        return switch (schema.path("type").asText()) {
            case "object" -> object(schema);
            case "array" -> JSON.arrayNode().add(like(schema.path("items")));
            case "boolean" -> JSON.booleanNode(random.nextBoolean());
            case "number" -> JSON.numberNode(random.nextInt(100) / 10.0);
            case "integer" -> JSON.numberNode(random.nextInt(300));
            default -> schema.path("examples").has(0) ? schema.path("examples").path(0) : JSON.textNode("text");
        };
    }

    private ObjectNode object(JsonNode schema) {
        ObjectNode object = JSON.objectNode();
        for (Entry<String, JsonNode> property : schema.path("properties").properties()) {
            if (!oneIn(8)) {
                object.set(property.getKey(), oneIn(12) ? anything() : like(property.getValue()));
            }
        }
        return oneIn(8) ? object.set(text(), anything()) : object;
    }

    JsonNode anything() {
        return switch (random.nextInt(9)) {
            case 0 -> JSON.nullNode();
            case 1 -> JSON.booleanNode(random.nextBoolean());
            case 2 -> JSON.numberNode(random.nextLong());
            case 3 -> JSON.numberNode(new BigDecimal("1e400"));
            case 4 -> JSON.objectNode().set(text(), anything());
            case 5 -> JSON.arrayNode().add(anything()).add(anything());
            case 6 -> nested(random.nextInt(900));
            default -> JSON.textNode(text());
        };
    }

    private static JsonNode nested(int depth) {
        JsonNode nested = JSON.arrayNode();
        for (int i = 0; i < depth; i++) {
            nested = JSON.arrayNode().add(nested);
        }
        return nested;
    }
}
