package dev.meetgate.openapi;

import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/** Describes what MeetGate sends to the webhooks of tenants. */
final class Webhooks {

    private Webhooks() {}

    static void describe(OpenAPI api) {
        var event = OASFactory.createMediaType()
                .schema(OASFactory.createSchema().ref("Event"))
                .example(Map.of(
                        "specversion", "1.0",
                        "id", "evt_0198c0f27a3b4c5d8e9f001122334455",
                        "source", "/v1/users/alice/connect-links",
                        "type", "dev.meetgate.connect_link.denied",
                        "subject", "alice",
                        "time", "2027-01-15T09:00:00.123456Z",
                        "timestamp", "2027-01-15T09:00:00.123456Z",
                        "datacontenttype", "application/json",
                        "data", Map.of("user", "alice", "problem", "access-denied")));
        var operation = OASFactory.createOperation()
                .operationId("receiveEvent")
                .summary("Receive an event")
                .description(
                        "Verify the signature with a library of Standard Webhooks, and answer within 15 seconds. An"
                                + " event comes again until it was answered with 2xx, so that it can come twice.")
                .tags(List.of("Events"))
                .security(List.of())
                .addParameter(header("webhook-id", "`id` of the event, also when it comes again"))
                .addParameter(header("webhook-timestamp", "When it was sent, in seconds since 1970"))
                .addParameter(header(
                        "webhook-signature",
                        "`v1,` and a signature (HMAC-SHA256), one of each secret, separated by spaces"))
                .requestBody(OASFactory.createRequestBody()
                        .required(true)
                        .content(OASFactory.createContent().addMediaType("application/json", event)))
                .responses(OASFactory.createAPIResponses()
                        .addAPIResponse("2XX", OASFactory.createAPIResponse().description("The event was received"))
                        .addAPIResponse(
                                "410",
                                OASFactory.createAPIResponse()
                                        .description("No more events, until a test is delivered")));
        api.addWebhook("event", OASFactory.createPathItem().POST(operation));
    }

    private static Parameter header(String name, String description) {
        return OASFactory.createParameter()
                .name(name)
                .in(Parameter.In.HEADER)
                .required(true)
                .description(description)
                .schema(OASFactory.createSchema().type(List.of(SchemaType.STRING)));
    }
}
