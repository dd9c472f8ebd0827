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
import org.eclipse.microprofile.openapi.models.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Adds to the OpenAPI document what operations have in common. Resources declare only their particulars. */
public class Rules implements OASFilter {

    private static final String JSON = "application/json";
    private static final String SCRIPT = "text/javascript";
    private static final String LINES = "application/x-ndjson";

    /** Resources declare the scope for the first one. */
    private static final List<String> CREDENTIALS = List.of("apiKey", "jwt", "clientCertificate");

    @Override
    public void filterOpenAPI(OpenAPI api) {
        Components components = api.getComponents();
        var examples = new Examples(components);
        api.setSecurity(null);
        api.getInfo().setDescription(api.getInfo().getDescription() + ProblemRules.tableOfAll());
        // Each use of the generic type has a schema of its own.
        components.removeSchema("Page");
        Headers.describe(components);
        Webhooks.describe(api);
        var problems = new ProblemRules(components);
        api.getPaths().addPathItem("/connect.js", OASFactory.createPathItem().GET(script()));
        api.getPaths().getPathItems().forEach((path, item) -> item.getOperations()
                .forEach((method, description) -> {
                    var operation = ApiOperation.of(path, method, description);
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
                    problems.addTo(operation);
                }));
    }

    /** An extension of a class is also on the tag and the responses that the class declares. */
    @Override
    public Tag filterTag(Tag tag) {
        tag.removeExtension(ApiOperation.PROBLEMS);
        return tag;
    }

    @Override
    public APIResponse filterAPIResponse(APIResponse answer) {
        answer.removeExtension(ApiOperation.PROBLEMS);
        return answer;
    }

    /** Removes the type beside a reference, and gives every enum the type string. */
    @Override
    public Schema filterSchema(Schema schema) {
        if (schema.getRef() != null) {
            schema.setType(null);
        } else if (schema.getEnumeration() != null) {
            schema.setType(List.of(SchemaType.STRING));
        }
        return schema;
    }

    /** Takes a credential of any kind, with the scope that the resource declares, and answers JSON. */
    private static void asService(Operation operation) {
        List<String> scopes = operation.getSecurity() == null
                ? List.of()
                : operation.getSecurity().get(0).getScheme(CREDENTIALS.get(0));
        operation.setSecurity(CREDENTIALS.stream()
                .map(kind -> OASFactory.createSecurityRequirement().addScheme(kind, scopes))
                .toList());
        operation.getResponses().getAPIResponses().values().stream()
                .map(APIResponse::getContent)
                .filter(content -> content != null && content.hasMediaType(JSON))
                .forEach(content -> content.getMediaTypes().keySet().stream()
                        .filter(type -> !type.equals(JSON) && !type.equals(LINES))
                        .toList()
                        .forEach(content::removeMediaType));
    }

    /** Takes the same body, with every member optional. */
    private static void asChange(Components components, Operation operation) {
        operation.getRequestBody().getContent().getMediaTypes().values().forEach(body -> {
            String name = String.valueOf(body.getSchema().getRef()).replaceFirst(".*/", "");
            Schema complete = Objects.requireNonNull(components.getSchemas().get(name), name);
            body.setSchema(
                    OASFactory.createSchema().type(List.of(SchemaType.OBJECT)).properties(complete.getProperties()));
        });
    }

    /** GoTo determines both bodies. */
    private static void asRaw(Operation operation) {
        if (operation.getRequestBody() != null) {
            operation.getRequestBody().setContent(anything());
        }
        operation.getResponses().getAPIResponse("2XX").setContent(anything());
    }

    private static Content anything() {
        var schema = OASFactory.createSchema().description("GoTo's own format; see its API reference");
        return OASFactory.createContent()
                .addMediaType("*/*", OASFactory.createMediaType().schema(schema).example(Map.of()));
    }

    /** Answers HTML, a redirect or JSON for a browser, without a credential. */
    private static void asPage(Operation operation) {
        operation.setSecurity(List.of());
        operation
                .getResponses()
                .getAPIResponses()
                .forEach((status, answer) -> answer.setContent(pageContent(status, answer.getContent())));
    }

    /** No resource declares it: it is a file. */
    private static Operation script() {
        var text = OASFactory.createSchema().addType(SchemaType.STRING);
        return OASFactory.createOperation()
                .operationId("getConnectScript")
                .summary("Get the script of the connect button")
                .description("Defines the element `meetgate-connect` for the pages of applications of every origin.")
                .tags(List.of("Pages"))
                .responses(OASFactory.createAPIResponses()
                        .addAPIResponse(
                                "200",
                                OASFactory.createAPIResponse()
                                        .description("The script")
                                        .content(OASFactory.createContent()
                                                .addMediaType(
                                                        SCRIPT,
                                                        OASFactory.createMediaType()
                                                                .schema(text)))));
    }

    private static @Nullable Content pageContent(String status, @Nullable Content declared) {
        if (declared != null && declared.hasMediaType(SCRIPT)) {
            return declared;
        }
        if (declared != null && declared.hasMediaType(JSON)) {
            Schema schema = declared.getMediaType(JSON).getSchema();
            // A page has a schema without a name, or none.
            if (schema != null && schema.getRef() != null) {
                return declared;
            }
        }
        return status.equals("303") ? null : html();
    }

    private static Content html() {
        var text = OASFactory.createSchema().addType(SchemaType.STRING);
        return OASFactory.createContent()
                .addMediaType("text/html", OASFactory.createMediaType().schema(text));
    }
}
