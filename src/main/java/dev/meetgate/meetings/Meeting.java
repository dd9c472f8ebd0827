package dev.meetgate.meetings;

import dev.meetgate.gotoapi.WireText;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

@Schema(
        description = "A meeting",
        requiredProperties = {"id", "subject", "type", "passwordRequired"})
record Meeting(
        @Schema(description = "GoTo's id of the meeting", examples = "4815162342")
        String id,

        @Schema(description = "Title of the meeting", examples = "Planning")
        String subject,

        @Schema(description = "Start", examples = "2027-01-15T09:00:00Z") @Nullable
        Instant startTime,

        @Schema(description = "End", examples = "2027-01-15T10:00:00Z") @Nullable
        Instant endTime,

        @Schema(
                description = "`SCHEDULED`, `RECURRING` or `IMMEDIATE`. New values may be added",
                examples = "SCHEDULED")
        String type,

        @Schema(description = "`ACTIVE` or `INACTIVE`. New values may be added", examples = "INACTIVE") @Nullable
        String status,

        @Schema(description = "Whether attendees need a password", examples = "false")
        boolean passwordRequired,

        @Schema(
                description = "How attendees hear each other. Present only for meetings that were created with"
                        + " MeetGate: GoTo does not tell it")
        @Nullable
        Audio audio,

        @Schema(description = "URL where attendees join", examples = "https://meet.goto.com/4815162342") @Nullable
        String joinUrl,

        @Schema(description = "Phone numbers and access codes, as a text for people", examples = "Germany: +49 0")
        @Nullable
        String dialIn,

        @Schema(description = "GoTo's user keys of the co-organizers", examples = "[\"1234567890123456789\"]") @Nullable
        List<String> coorganizers,

        @Schema(description = "Organizer of the meeting, where GoTo tells it") @Nullable
        Organizer organizer) {

    /** A meeting that was just written. GoTo's answer has little more than its id. */
    static Meeting written(String id, NewMeeting values, @Nullable String joinUrl, @Nullable String dialIn) {
        return new Meeting(
                id,
                values.subject(),
                values.startTime(),
                values.endTime(),
                WireText.meetingType(values.wireType()),
                null,
                values.passwordRequired(),
                values.audio(),
                joinUrl,
                dialIn,
                values.coorganizers().isEmpty() ? null : values.coorganizers(),
                null);
    }

    /** Adds stored values. GoTo's own values have priority. */
    Meeting remembering(@Nullable Audio remembered, @Nullable String rememberedJoinUrl) {
        return new Meeting(
                id,
                subject,
                startTime,
                endTime,
                type,
                status,
                passwordRequired,
                audio == null ? remembered : audio,
                joinUrl == null ? rememberedJoinUrl : joinUrl,
                dialIn,
                coorganizers,
                organizer);
    }

    /** Guesses the audio of a meeting that was not made here, from the presence of dial-in numbers. */
    Audio likelyAudio() {
        if (audio != null) {
            return audio;
        }
        return dialIn == null ? Audio.VOIP : Audio.HYBRID;
    }

    @Schema(name = "MeetingType", description = "Kind of meeting. Default of a new meeting: `SCHEDULED`")
    enum Type {
        SCHEDULED,
        RECURRING,
        IMMEDIATE;

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Null for an unknown type. */
        static @Nullable Type ofWire(@Nullable String text) {
            String word = WireText.word(text);
            for (Type type : values()) {
                if (type.name().equals(word)) {
                    return type;
                }
            }
            return null;
        }
    }

    @Schema(
            description = "How attendees hear each other. `PSTN`: phone. `VOIP`: internet. `FREE` and `HYBRID`: both."
                    + " `PRIVATE`: own numbers and access codes. Default of a new meeting: `HYBRID`. New"
                    + " values may be added")
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

        /** Null for a name that only a newer MeetGate knows. */
        static @Nullable Audio named(String name) {
            for (Audio audio : values()) {
                if (audio.name().equals(name)) {
                    return audio;
                }
            }
            return null;
        }

        /** Null for other text, which is dial-in numbers and codes. */
        static @Nullable Audio ofWire(@Nullable String text) {
            for (Audio audio : values()) {
                if (audio.wireName.equalsIgnoreCase(text)) {
                    return audio;
                }
            }
            return null;
        }
    }
}
