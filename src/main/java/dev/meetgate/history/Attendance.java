package dev.meetgate.history;

import dev.meetgate.meetings.Organizer;
import java.time.Instant;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The presence of one person in a session. A person who left and came back has several. */
@Schema(
        description = "The presence of one person in a session. A person who left and joined again has several",
        requiredProperties = {"meetingId", "subject"})
record Attendance(
        @Schema(description = "`id` of the session, as in the history", examples = "2718281828") @Nullable
        String sessionId,

        @Schema(description = "`id` of the meeting", examples = "4815162342")
        String meetingId,

        @Schema(description = "Name, as the attendee entered it", examples = "John") @Nullable
        String name,

        @Schema(description = "E-mail address, as the attendee entered it", examples = "john@example.com") @Nullable
        String email,

        @Schema(description = "Time when the person joined", examples = "2026-01-15T09:02:00Z") @Nullable
        Instant joinTime,

        @Schema(description = "Time when the person left", examples = "2026-01-15T09:58:00Z") @Nullable
        Instant leaveTime,

        @Schema(description = "Duration in minutes", examples = "56") @Nullable
        Long durationMinutes,

        @Schema(description = "Title of the meeting", examples = "Planning")
        String subject,

        @Schema(description = "Start of the session", examples = "2026-01-15T09:01:00Z") @Nullable
        Instant startTime,

        @Schema(description = "End of the session", examples = "2026-01-15T09:58:00Z") @Nullable
        Instant endTime,

        @Schema(description = "Organizer of the meeting, where GoTo tells it") @Nullable
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
