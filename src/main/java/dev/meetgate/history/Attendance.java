package dev.meetgate.history;

import dev.meetgate.meetings.Organizer;
import java.time.Instant;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Somebody's presence in a session. Who left and came again has several. */
@Schema(
        description = "Somebody's presence in a session. Who left and came again has several",
        requiredProperties = {"meetingId", "subject"})
record Attendance(
        @Schema(description = "Names the session, as in the history", examples = "2718281828") @Nullable
        String sessionId,

        @Schema(description = "The `id` of the meeting", examples = "4815162342")
        String meetingId,

        @Schema(description = "As the attendee gave it", examples = "John") @Nullable
        String name,

        @Schema(description = "As the attendee gave it", examples = "john@example.com") @Nullable
        String email,

        @Schema(description = "When this presence began", examples = "2026-01-15T09:02:00Z") @Nullable
        Instant joinTime,

        @Schema(description = "When this presence ended", examples = "2026-01-15T09:58:00Z") @Nullable
        Instant leaveTime,

        @Schema(description = "How long this presence was", examples = "56") @Nullable
        Long durationMinutes,

        @Schema(description = "What the meeting was about", examples = "Planning")
        String subject,

        @Schema(description = "When the session started", examples = "2026-01-15T09:01:00Z") @Nullable
        Instant startTime,

        @Schema(description = "When the session ended", examples = "2026-01-15T09:58:00Z") @Nullable
        Instant endTime,

        @Schema(description = "Whose meeting it was, where GoTo says so") @Nullable
        Organizer organizer)
        implements Timed {

    @Override
    public Instant time() {
        return startTime == null ? Objects.requireNonNullElse(joinTime, Instant.EPOCH) : startTime;
    }

    @Override
    public String key() {
        return String.join(
                " ", String.valueOf(sessionId), String.valueOf(joinTime), String.valueOf(name), String.valueOf(email));
    }
}
