package dev.meetgate.openapi;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.jspecify.annotations.Nullable;

/** Composes the example of a body from the examples of its properties. */
final class Examples {

    private static final String SCHEMAS = "#/components/schemas/";

    private final Components components;

    Examples(Components components) {
        this.components = components;
    }

    void addTo(Operation operation) {
        if (operation.getRequestBody() != null) {
            addTo(operation.getRequestBody().getContent());
        }
        operation.getResponses().getAPIResponses().values().forEach(answer -> addTo(answer.getContent()));
    }

    private void addTo(@Nullable Content content) {
        if (content == null) {
            return;
        }
        content.getMediaTypes().values().stream()
                .filter(body -> body.getExample() == null && body.getExamples() == null && body.getSchema() != null)
                .forEach(body -> body.setExample(of(body.getSchema())));
    }

    private @Nullable Object of(Schema reference) {
        if (reference.getExamples() != null && !reference.getExamples().isEmpty()) {
            return reference.getExamples().get(0);
        }
        Schema schema = resolve(reference);
        if (schema.getEnumeration() != null) {
            return schema.getEnumeration().get(0);
        }
        if (schema.getItems() != null) {
            Object item = of(schema.getItems());
            return item == null ? null : List.of(item);
        }
        return schema.getProperties() == null ? null : object(schema);
    }

    /** Leaves out members without an example and optional enums. */
    private Map<String, Object> object(Schema schema) {
        var object = new LinkedHashMap<String, Object>();
        schema.getProperties().forEach((name, property) -> {
            boolean required =
                    schema.getRequired() != null && schema.getRequired().contains(name);
            Object example = of(property);
            if (example != null && (required || resolve(property).getEnumeration() == null)) {
                object.put(name, example);
            }
        });
        return object;
    }

    private Schema resolve(Schema schema) {
        String reference = schema.getRef();
        return reference == null
                ? schema
                : Objects.requireNonNull(components.getSchemas().get(reference.substring(SCHEMAS.length())), reference);
    }
}
