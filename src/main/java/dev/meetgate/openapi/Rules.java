package dev.meetgate.openapi;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** What operations have in common in the description of our API, so that resources say only what is particular to them. */
public class Rules implements OASFilter {

    private static final String JSON = "application/json";

    @Override
    public void filterOpenAPI(OpenAPI api) {
        Components components = api.getComponents();
        var examples = new Examples(components);
        api.setSecurity(null);
        // Of a generic type there are only uses, each with a schema of its own.
        components.removeSchema("Page");
        Headers.describe(components);
        ProblemRules.describe(components);
        api.getPaths().getPathItems().forEach((path, item) -> item.getOperations()
                .forEach((method, description) -> {
                    var operation = new ApiOperation(path, method, description);
                    if (operation.isForServices()) {
                        asService(description);
                    } else {
                        asPage(description);
                    }
                    Parameters.describe(operation);
                    Headers.addTo(operation);
                    if (operation.isRaw()) {
                        asRaw(description);
                    }
                    if (method == HttpMethod.PATCH) {
                        asChange(components, description);
                    }
                    examples.addTo(description);
                    ProblemRules.addTo(operation);
                }));
    }

    /** A reference says it all, and a choice is text: of what is text in one class and an enum in another, both would be said. */
    @Override
    public Schema filterSchema(Schema schema) {
        if (schema.getRef() != null) {
            schema.setType(null);
        } else if (schema.getEnumeration() != null) {
            schema.setType(List.of(SchemaType.STRING));
        }
        return schema;
    }

    /** Called with a credential; its answer is JSON. */
    private static void asService(Operation operation) {
        operation.setSecurity(List.of(OASFactory.createSecurityRequirement().addScheme("apiKey")));
        operation.getResponses().getAPIResponses().values().stream()
                .map(APIResponse::getContent)
                .filter(content -> content != null && content.hasMediaType(JSON))
                .forEach(content -> content.setMediaTypes(Map.of(JSON, content.getMediaType(JSON))));
    }

    /** The same body, of which nothing is required: what is left out stays as it is. */
    private static void asChange(Components components, Operation operation) {
        operation.getRequestBody().getContent().getMediaTypes().values().forEach(body -> {
            String name = String.valueOf(body.getSchema().getRef()).replaceFirst(".*/", "");
            Schema complete = Objects.requireNonNull(components.getSchemas().get(name), name);
            body.setSchema(
                    OASFactory.createSchema().type(List.of(SchemaType.OBJECT)).properties(complete.getProperties()));
        });
    }

    /** It is GoTo that says what is sent and answered. */
    private static void asRaw(Operation operation) {
        if (operation.getRequestBody() != null) {
            operation.getRequestBody().setContent(anything());
        }
        operation.getResponses().getAPIResponse("2XX").setContent(anything());
    }

    private static Content anything() {
        var schema = OASFactory.createSchema().description("What GoTo takes and answers there");
        return OASFactory.createContent()
                .addMediaType("*/*", OASFactory.createMediaType().schema(schema).example(Map.of()));
    }

    /** What a browser walks through: pages, and redirects to the next. */
    private static void asPage(Operation operation) {
        operation.setSecurity(List.of());
        operation
                .getResponses()
                .getAPIResponses()
                .forEach((status, answer) -> answer.setContent(status.equals("303") ? null : html()));
    }

    private static Content html() {
        var text = OASFactory.createSchema().addType(SchemaType.STRING);
        return OASFactory.createContent()
                .addMediaType("text/html", OASFactory.createMediaType().schema(text));
    }
}
