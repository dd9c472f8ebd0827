package dev.meetgate.meetings;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A meeting as our API shows it. */
@Schema(
        description = "A meeting",
        requiredProperties = {"id", "subject", "type", "passwordRequired"})
record Meeting(
        @Schema(description = "GoTo's id of the meeting", examples = "4815162342")
        String id,

        @Schema(description = "What it is about", examples = "Planning")
        String subject,

        @Schema(description = "When it starts", examples = "2027-01-15T09:00:00Z") @Nullable
        Instant startTime,

        @Schema(description = "When it ends", examples = "2027-01-15T10:00:00Z") @Nullable
        Instant endTime,

        @Schema(description = "`SCHEDULED`, `RECURRING` or `IMMEDIATE`. More values may come", examples = "SCHEDULED")
        String type,

        @Schema(description = "`ACTIVE` or `INACTIVE`. More values may come", examples = "INACTIVE") @Nullable
        String status,

        @Schema(description = "Whether attendees need a password", examples = "false")
        boolean passwordRequired,

        @Schema(description = "Known for a meeting that was created here; GoTo says no more than `dialIn`") @Nullable
        Audio audio,

        @Schema(description = "Where attendees join", examples = "https://meet.goto.com/4815162342") @Nullable
        String joinUrl,

        @Schema(description = "Numbers and codes, as text for people in GoTo's words", examples = "Germany: +49 0")
        @Nullable
        String dialIn,

        @Schema(description = "User keys of GoTo", examples = "[\"1234567890123456789\"]") @Nullable
        List<String> coorganizers,

        @Schema(description = "Whose meeting it is, where GoTo says so") @Nullable
        Organizer organizer) {

    @Schema(description = "Whose meeting it is")
    record Organizer(
            @Schema(description = "User key of GoTo", examples = "1234567890123456789") @Nullable
            String organizerKey,

            @Schema(description = "E-mail address", examples = "jane.doe@example.com") @Nullable
            String email,

            @Schema(description = "First name", examples = "Jane") @Nullable
            String firstName,

            @Schema(description = "Last name", examples = "Doe") @Nullable
            String lastName) {}

    @Schema(name = "MeetingType", description = "What kind of meeting; a new one is `SCHEDULED` where it does not say")
    enum Type {
        SCHEDULED,
        RECURRING,
        IMMEDIATE
    }

    @Schema(
            description =
                    "How attendees hear each other; a new meeting has `HYBRID` where it does not say. More values may come")
    enum Audio {
        PSTN("PSTN"),
        VOIP("VoIP"),
        FREE("Free"),
        HYBRID("Hybrid"),
        PRIVATE("Private");

        private final String wireName;

        Audio(String wireName) {
            this.wireName = wireName;
        }

        String wireName() {
            return wireName;
        }
    }
}
