package dev.meetgate.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Finds breaking changes: old requests must stay valid, and old callers must understand new answers. */
final class SchemaChanges {

    private final Description released;
    private final Description current;
    private final List<String> found;

    SchemaChanges(Description released, Description current, List<String> found) {
        this.released = released;
        this.current = current;
        this.found = found;
    }

    /** @param sent true for requests, false for answers */
    void compare(String where, JsonNode releasedSchema, JsonNode currentSchema, boolean sent) {
        JsonNode before = released.resolve(releasedSchema);
        JsonNode after = current.resolve(currentSchema);
        types(where, before, after, sent);
        choices(where, before.path("enum"), after.path("enum"), sent);
        if (sent) {
            bounds(where, before, after);
        }
        required(where, values(before.path("required")), values(after.path("required")), sent);
        before.path("properties").properties().forEach(property -> {
            String name = where + " " + property.getKey();
            JsonNode now = after.path("properties").path(property.getKey());
            if (now.isMissingNode()) {
                found.add(name + " is gone");
            } else {
                compare(name, property.getValue(), now, sent);
            }
        });
        if (before.has("items")) {
            compare(where + "[]", before.path("items"), after.path("items"), sent);
        }
    }

    private void types(String where, JsonNode before, JsonNode after, boolean sent) {
        Set<String> released = values(before.path("type"));
        Set<String> current = values(after.path("type"));
        if (sent ? !current.containsAll(released) : !released.containsAll(current)) {
            found.add("%s was %s and is %s".formatted(where, released, current));
        }
        promise(where, "format", sent ? after : before, sent ? before : after);
    }

    /** The keyword of one schema must be the same in the other. */
    private void promise(String where, String keyword, JsonNode says, JsonNode said) {
        if (says.has(keyword) && !says.path(keyword).equals(said.path(keyword))) {
            found.add("%s has another %s".formatted(where, keyword));
        }
    }

    private void choices(String where, JsonNode before, JsonNode after, boolean sent) {
        Set<String> gone = values(before);
        gone.removeAll(values(after));
        if (!after.isMissingNode() && !gone.isEmpty()) {
            found.add("%s is no longer %s".formatted(where, gone));
        }
        if (sent && before.isMissingNode() && !after.isMissingNode()) {
            found.add("%s is but one of %s".formatted(where, values(after)));
        }
    }

    private void bounds(String where, JsonNode before, JsonNode after) {
        for (String upper : List.of("maxLength", "maxItems", "maximum")) {
            if (after.path(upper).asDouble(Double.MAX_VALUE)
                    < before.path(upper).asDouble(Double.MAX_VALUE)) {
                found.add("%s has a lower %s".formatted(where, upper));
            }
        }
        for (String lower : List.of("minLength", "minItems", "minimum")) {
            if (after.path(lower).asDouble(-Double.MAX_VALUE)
                    > before.path(lower).asDouble(-Double.MAX_VALUE)) {
                found.add("%s has a higher %s".formatted(where, lower));
            }
        }
        promise(where, "pattern", after, before);
    }

    private void required(String where, Set<String> before, Set<String> after, boolean sent) {
        Set<String> broken = new TreeSet<>(sent ? after : before);
        broken.removeAll(sent ? before : after);
        broken.forEach(name -> found.add("%s %s is %s".formatted(where, name, sent ? "required" : "optional")));
    }

    private static Set<String> values(JsonNode node) {
        var values = new TreeSet<String>();
        if (node.isTextual()) {
            values.add(node.textValue());
        }
        node.forEach(value -> values.add(value.asText()));
        return values;
    }
}
