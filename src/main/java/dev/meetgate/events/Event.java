package dev.meetgate.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.mutiny.sqlclient.Row;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

@Schema(
        description =
                "Something that happened to a connection or a connect link: a CloudEvent 1.0, and the payload of a"
                        + " Standard Webhook",
        requiredProperties = {"specversion", "id", "source", "type", "time", "timestamp", "datacontenttype", "data"})
record Event(
        @Schema(description = "Version of CloudEvents", examples = "1.0")
        String specversion,

        @Schema(
                description = "The event's own id. An event that comes again has the same one",
                examples = "evt_0198c0f27a3b4c5d8e9f001122334455")
        String id,

        @Schema(description = "What the event is about, as a path of this API", examples = "/v1/users/alice/connection")
        String source,

        @Schema(
                description = "What happened. Ignore types that you do not know: new ones may be added",
                examples = "dev.meetgate.connection.reconnect_required")
        String type,

        @Schema(description = "Your own id of the person. Absent in events about the webhook", examples = "alice")
        @Nullable
        String subject,

        @Schema(description = "When it happened", examples = "2027-01-15T09:00:00.123456Z")
        Instant time,

        @Schema(description = "The same time, as Standard Webhooks names it", examples = "2027-01-15T09:00:00.123456Z")
        Instant timestamp,

        @Schema(description = "Type of `data`", examples = "application/json")
        String datacontenttype,

        @Schema(description = "Details of the event. Contains no token, connect link or data of a meeting")
        Data data) {

    @Schema(name = "EventData", description = "What an event tells. New members may be added")
    record Data(
            @Schema(description = "Your own id of the person", examples = "alice") @Nullable
            String user,

            @Schema(
                    ref = "#/components/schemas/Connection",
                    description =
                            "In events of a connection: the connection as it was after the event, or before a disconnect")
            @Nullable
            JsonNode connection,

            @Schema(
                    description = "In `failed`: the problem, as the return URL gets it. In `webhook.disabled`: why",
                    examples = "goto-unavailable")
            @Nullable
            String problem) {}

    private static final String VERSION = "1.0";
    private static final String JSON = "application/json";

    static final String COLUMNS = "id, user_id, type, data::text, created_at, position";

    static Event of(Row row, ObjectMapper mapper) {
        Instant time = row.getOffsetDateTime("created_at").toInstant();
        String user = row.getString("user_id");
        String type = row.getString("type");
        return new Event(
                VERSION, id(row.getUUID("id")), source(type, user), type, user, time, time, JSON, data(row, mapper));
    }

    static Event test(UUID id, Instant now) {
        return new Event(
                VERSION,
                id(id),
                source(EventType.TEST, null),
                EventType.TEST,
                null,
                now,
                now,
                JSON,
                new Data(null, null, null));
    }

    static String id(UUID id) {
        return "evt_" + id.toString().replace("-", "");
    }

    private static String source(String type, @Nullable String user) {
        if (user == null) {
            return "/v1/webhook";
        }
        String encoded = URLEncoder.encode(user, StandardCharsets.UTF_8).replace("+", "%20");
        String kind = type.equals(EventType.CONNECT_LINK_DENIED.type())
                        || type.equals(EventType.CONNECT_LINK_FAILED.type())
                        || type.equals(EventType.CONNECT_LINK_EXPIRED.type())
                ? "connect-links"
                : "connection";
        return "/v1/users/%s/%s".formatted(encoded, kind);
    }

    private static Data data(Row row, ObjectMapper mapper) {
        try {
            JsonNode data = mapper.readTree(row.getString("data"));
            return new Data(text(data, "user"), data.get("connection"), text(data, "problem"));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable String text(JsonNode data, String member) {
        return data.hasNonNull(member) ? data.get(member).textValue() : null;
    }
}
