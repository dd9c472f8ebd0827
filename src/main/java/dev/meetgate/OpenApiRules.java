package dev.meetgate;

import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/**
 * What operations have in common in the description of our API, so that resources say only what is particular to them. The build
 * asks it (openapi.properties); nothing does at run time.
 */
public class OpenApiRules implements OASFilter {

    /** What tenants' services call; the rest is for browsers. */
    static final String SERVICES = "/v1/";

    static final String API_KEY = "apiKey";

    private static final String JSON = "application/json";
    private static final String LOCATION = "Location";

    @Override
    public void filterOpenAPI(OpenAPI api) {
        var problems = new OpenApiProblems(api.getComponents());
        var examples = new OpenApiExamples(api.getComponents());
        api.setSecurity(null);
        api.getComponents().addHeader(LOCATION, OpenApiRules.location());
        api.getPaths().getPathItems().forEach((path, item) -> item.getOperations()
                .forEach((method, operation) -> {
                    if (path.startsWith(SERVICES)) {
                        asService(operation);
                    } else {
                        asPage(operation);
                    }
                    OpenApiParameters.describe(operation);
                    examples.addTo(operation);
                    problems.addTo(path, method, operation);
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

    /** Called with a credential; its body and its answer are JSON. */
    private static void asService(Operation operation) {
        operation.setSecurity(List.of(OASFactory.createSecurityRequirement().addScheme(API_KEY)));
        operation.getResponses().getAPIResponses().values().stream()
                .map(APIResponse::getContent)
                .filter(content -> content != null && content.hasMediaType(JSON))
                .forEach(content -> content.setMediaTypes(Map.of(JSON, content.getMediaType(JSON))));
    }

    /** What a browser walks through: pages, and redirects to the next. */
    private static void asPage(Operation operation) {
        operation.setSecurity(List.of());
        operation.getResponses().getAPIResponses().forEach((status, answer) -> {
            if (status.equals("303")) {
                answer.setContent(null);
                answer.addHeader(LOCATION, OASFactory.createHeader().ref(LOCATION));
            } else {
                answer.setContent(html());
            }
        });
    }

    private static Content html() {
        var text = OASFactory.createSchema().addType(SchemaType.STRING);
        return OASFactory.createContent()
                .addMediaType("text/html", OASFactory.createMediaType().schema(text));
    }

    private static Header location() {
        return OASFactory.createHeader()
                .description("Where it is, or where to go on")
                .required(true)
                .schema(OASFactory.createSchema().addType(SchemaType.STRING).format("uri-reference"));
    }
}
