package dev.meetgate.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.meetgate.events.EventType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes the AsyncAPI document of the webhook. The build runs it after it has written the OpenAPI document.
 */
public final class AsyncApi {

    private static final String REF = "$ref";
    private static final String DESCRIPTION = "description";
    private static final String SCHEMAS = "#/components/schemas/";
    private static final String HEADERS = "WebhookHeaders";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JsonNode openApi;
    private final JsonNode receiving;
    private final ObjectNode document = JSON.createObjectNode();

    private AsyncApi(JsonNode openApi) {
        this.openApi = openApi;
        this.receiving = openApi.at("/webhooks/event/post");
    }

    /** Takes the directory of {@code openapi.json}, and writes {@code asyncapi.json} beside it. */
    public static void main(String... arguments) throws IOException {
        var directory = Path.of(arguments[0]);
        var openApi = JSON.readTree(directory.resolve("openapi.json").toFile());
        JSON.writerWithDefaultPrettyPrinter()
                .writeValue(directory.resolve("asyncapi.json").toFile(), new AsyncApi(openApi).describe());
    }

    private JsonNode describe() {
        document.put("asyncapi", "3.0.0");
        document.putObject("info").put("title", "MeetGate's events").set("version", openApi.at("/info/version"));
        document.put("defaultContentType", "application/json");
        ObjectNode channel = document.putObject("channels").putObject("webhook");
        channel.putNull("address").put(DESCRIPTION, "The URL that the operator has set as the tenant's webhook");
        ObjectNode operation = document.putObject("operations").putObject("sendEvent");
        operation.put("action", "send").putObject("channel").put(REF, "#/channels/webhook");
        operation.put("summary", "Send an event").set(DESCRIPTION, receiving.path(DESCRIPTION));
        operation.putObject("bindings").putObject("http").put("method", "POST").put("bindingVersion", "0.3.0");

        ObjectNode messages = channel.putObject("messages");
        ArrayNode sent = operation.putArray("messages");
        ObjectNode components = document.putObject("components");
        ObjectNode described = components.putObject("messages");
        summaries().forEach((type, summary) -> {
            String name = type.replaceFirst("^dev\\.meetgate\\.", "");
            messages.putObject(name).put(REF, "#/components/messages/" + name);
            sent.addObject().put(REF, "#/channels/webhook/messages/" + name);
            describe(described.putObject(name), type, summary);
        });
        ObjectNode schemas = components.putObject("schemas");
        schemas.set(HEADERS, headers());
        copy("Event", schemas);
        return document;
    }

    private static Map<String, String> summaries() {
        var summaries = new LinkedHashMap<String, String>();
        for (EventType type : EventType.values()) {
            summaries.put(type.type(), summary(type));
        }
        summaries.put(EventType.TEST, "Somebody has called `POST /v1/webhook/test`");
        return summaries;
    }

    private static String summary(EventType type) {
        return switch (type) {
            case CONNECTION_CONNECTED -> "A user without connection has connected";
            case CONNECTION_RECONNECTED -> "A connected user has consented again";
            case CONNECTION_ACCOUNT_CHANGED -> "GoTo has told that the account is another one than before";
            case CONNECTION_RECONNECT_REQUIRED -> "The connection cannot be used any more";
            case CONNECTION_DISCONNECTED -> "The connection was erased";
            case CONNECT_LINK_DENIED -> "The user did not allow access";
            case CONNECT_LINK_FAILED -> "An attempt to connect failed";
            case CONNECT_LINK_EXPIRED -> "A link has expired and connected nobody";
            case WEBHOOK_DISABLED -> "The webhook was switched off";
        };
    }

    private static void describe(ObjectNode message, String type, String summary) {
        message.put("name", type).put("summary", summary);
        message.putObject("headers").put(REF, SCHEMAS + HEADERS);
        ArrayNode both = message.putObject("payload").putArray("allOf");
        both.addObject().put(REF, SCHEMAS + "Event");
        both.addObject().putObject("properties").putObject("type").put("const", type);
    }

    private ObjectNode headers() {
        ObjectNode schema = JSON.createObjectNode().put("type", "object");
        ArrayNode required = schema.putArray("required");
        ObjectNode properties = schema.putObject("properties");
        receiving.path("parameters").forEach(header -> {
            String name = header.path("name").textValue();
            required.add(name);
            ObjectNode property = header.path("schema").deepCopy();
            properties.set(name, property.set(DESCRIPTION, header.path(DESCRIPTION)));
        });
        return schema;
    }

    /** Copies a schema of the OpenAPI document, and those that it refers to. */
    private void copy(String name, ObjectNode schemas) {
        if (!schemas.has(name)) {
            JsonNode schema = openApi.at("/components/schemas/" + name);
            schemas.set(name, schema);
            schema.findValuesAsText(REF).forEach(ref -> copy(ref.substring(SCHEMAS.length()), schemas));
        }
    }
}
