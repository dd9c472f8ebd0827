package dev.meetgate.history;

import dev.meetgate.meetings.Organizer;
import java.time.Instant;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

@Schema(
        description = "A past session of a meeting",
        requiredProperties = {"meetingId", "subject", "type"})
record Session(
        @Schema(
                description = "Id of the session. Absent in lists of a group, where GoTo does not tell it",
                examples = "2718281828")
        @Nullable
        String id,

        @Schema(description = "`id` of the meeting", examples = "4815162342")
        String meetingId,

        @Schema(description = "Title of the meeting", examples = "Planning")
        String subject,

        @Schema(description = "Start of the session", examples = "2026-01-15T09:01:00Z") @Nullable
        Instant startTime,

        @Schema(description = "End of the session", examples = "2026-01-15T09:58:00Z") @Nullable
        Instant endTime,

        @Schema(
                description = "Kind of meeting, as in a meeting's `type`. New values may be added",
                examples = "SCHEDULED")
        String type,

        @Schema(description = "Duration in minutes", examples = "57") @Nullable
        Long durationMinutes,

        @Schema(description = "Number of attendees", examples = "5") @Nullable
        Long attendeeCount,

        @Schema(description = "Organizer of the meeting, where GoTo tells it") @Nullable
        Organizer organizer,

        @Schema(description = "Recording of the session. Absent where there is none") @Nullable
        Recording recording)
        implements Timed {

    @Schema(description = "Recording of a session")
    record Recording(
            @Schema(description = "Id of the recording", examples = "1618033988") @Nullable
            String id,

            @Schema(description = "Name of the file", examples = "Planning.mp4") @Nullable
            String name,

            @Schema(description = "URL of the download", examples = "https://recordings.example.com/1618033988")
            @Nullable
            String downloadUrl,

            @Schema(
                    description = "URL of the page that shows it",
                    examples = "https://transcripts.goto.com/#/s/1618033988")
            @Nullable
            String shareUrl,

            @Schema(description = "Size of the file in bytes", examples = "10485760") @Nullable
            Long fileSize) {}

    @Override
    public Instant time() {
        return startTime == null ? Objects.requireNonNullElse(endTime, Instant.EPOCH) : startTime;
    }

    @Override
    public String key() {
        return id == null ? meetingId : id;
    }
}
