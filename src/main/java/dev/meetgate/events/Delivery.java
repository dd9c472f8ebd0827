package dev.meetgate.events;

import dev.meetgate.database.Rows;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

@Schema(
        description = "An event on its way to the webhook",
        requiredProperties = {"id", "type", "state", "attempts"})
public record Delivery(
        @Schema(description = "`id` of the event", examples = "evt_0198c0f27a3b4c5d8e9f001122334455")
        String id,

        @Schema(description = "`type` of the event", examples = "dev.meetgate.connection.reconnect_required")
        String type,

        @Schema(description = "Your own id of the person. Absent in events about the webhook", examples = "alice")
        @Nullable
        String user,

        @Schema(description = "What became of it") State state,

        @Schema(description = "Number of attempts that have begun", examples = "2")
        int attempts,

        @Schema(description = "When the last attempt began", examples = "2027-01-15T09:00:05Z") @Nullable
        Instant lastAttemptAt,

        @Schema(description = "Status of the receiver's last answer", examples = "500") @Nullable
        Integer lastStatus,

        @Schema(
                description = "Why the last attempt failed: `status`, `redirect`, `gone`, `timeout`, `unreachable`,"
                        + " `unknown-host`, `private-address` or `tls`. New values may be added",
                examples = "status")
        @Nullable
        String lastProblem,

        @Schema(
                description = "When the next attempt comes, if no earlier event of the user is pending",
                examples = "2027-01-15T09:05:05Z")
        @Nullable
        Instant nextAttemptAt,

        @Schema(description = "When the receiver confirmed it", examples = "2027-01-15T09:05:06Z") @Nullable
        Instant deliveredAt) {

    @Schema(name = "DeliveryState", description = """
            `PENDING`: an attempt is under way or will come. `DELIVERED`: the receiver has answered with 2xx. `FAILED`: the \
            last attempt failed and the webhook is switched off. New values may be added""")
    public enum State {
        PENDING,
        DELIVERED,
        FAILED
    }

    static Delivery of(Row row) {
        var state = State.valueOf(row.getString("state"));
        String user = row.getString("user_id");
        return new Delivery(
                Event.id(row.getUUID("id")),
                row.getString("type"),
                user.isEmpty() ? null : user,
                state,
                row.getInteger("attempts"),
                Rows.instant(row.getOffsetDateTime("last_attempt_at")),
                row.getInteger("last_status"),
                row.getString("last_problem"),
                state == State.PENDING ? Rows.instant(row.getOffsetDateTime("due_at")) : null,
                Rows.instant(row.getOffsetDateTime("delivered_at")));
    }
}
