package dev.meetgate.history;

import dev.meetgate.meetings.Organizer;
import java.time.Instant;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** One time at which a meeting was held. */
@Schema(
        description = "One time at which a meeting was held",
        requiredProperties = {"meetingId", "subject", "type"})
record Session(
        @Schema(
                description = "Names the session; GoTo leaves it out where a group was asked about",
                examples = "2718281828")
        @Nullable
        String id,

        @Schema(description = "The `id` of the meeting", examples = "4815162342")
        String meetingId,

        @Schema(description = "What it was about", examples = "Planning")
        String subject,

        @Schema(description = "When it started", examples = "2026-01-15T09:01:00Z") @Nullable
        Instant startTime,

        @Schema(description = "When it ended", examples = "2026-01-15T09:58:00Z") @Nullable
        Instant endTime,

        @Schema(description = "As a meeting's. More values may come", examples = "SCHEDULED")
        String type,

        @Schema(description = "How long it was", examples = "57") @Nullable
        Long durationMinutes,

        @Schema(description = "How many people came", examples = "5") @Nullable
        Long attendeeCount,

        @Schema(description = "Whose meeting it was, where GoTo says so") @Nullable
        Organizer organizer,

        @Schema(description = "What was recorded, where something was") @Nullable
        Recording recording)
        implements Timed {

    @Schema(description = "The recording of a session")
    record Recording(
            @Schema(description = "Names the recording", examples = "1618033988") @Nullable
            String id,

            @Schema(description = "The name of the file", examples = "Planning.mp4") @Nullable
            String name,

            @Schema(
                    description = "Where it is to be downloaded",
                    examples = "https://recordings.example.com/1618033988")
            @Nullable
            String downloadUrl,

            @Schema(description = "Where it is shown", examples = "https://transcripts.goto.com/#/s/1618033988")
            @Nullable
            String shareUrl,

            @Schema(description = "In bytes", examples = "10485760") @Nullable
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
