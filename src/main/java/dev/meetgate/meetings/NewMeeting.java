package dev.meetgate.meetings;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.meetgate.gotoapi.GoToId;
import dev.meetgate.http.RequestChoice;
import dev.meetgate.http.RequestText;
import dev.meetgate.http.RequestTime;
import dev.meetgate.problem.Failure;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The checked values of a new or changed meeting.
 *
 * @param wireType GoTo's spelling of the type; a changed meeting may have an unknown type
 */
record NewMeeting(
        String subject,
        Instant startTime,
        Instant endTime,
        String wireType,
        Meeting.Audio audio,
        boolean passwordRequired,
        List<String> coorganizers) {

    private static final int LONGEST_SUBJECT = 100;

    /** A meeting that was read may be sent back: its members that GoTo decides are ignored. */
    @JsonIgnoreProperties({"id", "status", "joinUrl", "dialIn", "organizer"})
    @Schema(
            name = "NewMeeting",
            description = "The values of a meeting",
            requiredProperties = {"subject", "startTime", "endTime"})
    record Request(
            @Schema(
                    description = "Title of the meeting. It must not contain control characters",
                    examples = "Planning",
                    minLength = 1,
                    maxLength = LONGEST_SUBJECT)
            @Nullable
            String subject,

            @Schema(
                    description = "Start, in any time zone. A `SCHEDULED` meeting cannot begin in the past",
                    examples = "2027-01-15T09:00:00Z",
                    format = "date-time")
            @Nullable
            String startTime,

            @Schema(description = "End, after `startTime`", examples = "2027-01-15T10:00:00Z", format = "date-time")
            @Nullable
            String endTime,

            @Schema(implementation = Meeting.Type.class) @Nullable
            String type,

            @Schema(implementation = Meeting.Audio.class) @Nullable
            String audio,

            @Schema(
                    description = "Whether attendees need a password. Default of a new meeting: `false`",
                    examples = "false")
            @Nullable
            Boolean passwordRequired,

            @Schema(
                    description = "GoTo's user keys of the co-organizers. Default of a new meeting: none",
                    examples = "[\"1234567890123456789\"]",
                    maxItems = 100)
            @Nullable
            List<@Nullable String> coorganizers) {

        /**
         * Replaces the meeting's values with the sent ones. Only sent values are checked, but every value
         * must be known.
         */
        NewMeeting over(Meeting meeting, String wireType, Instant now) {
            var changed = new NewMeeting(
                            subject == null ? meeting.subject() : checkedSubject(subject),
                            startTime == null
                                    ? shown("startTime", meeting.startTime())
                                    : RequestTime.of("startTime", startTime),
                            endTime == null ? shown("endTime", meeting.endTime()) : RequestTime.of("endTime", endTime),
                            type == null ? wireType : chosenType(type).wireName(),
                            audio == null ? meeting.likelyAudio() : chosenAudio(audio),
                            passwordRequired == null ? meeting.passwordRequired() : passwordRequired,
                            coorganizers == null ? keysOf(meeting) : checkedKeys(coorganizers))
                    .inOrder(this);
            // A meeting that is running may keep its start.
            return meeting.startTime() == null || changed.startTime.equals(shown("startTime", meeting.startTime()))
                    ? changed
                    : changed.beginningAfter(now.minus(Creation.CLOCK_SKEW));
        }

        /** GoTo requires every value and accepts no fractions of a second. */
        private static Instant shown(String field, @Nullable Instant time) {
            if (time == null) {
                throw new Failure.InvalidRequest(
                        field, "GoTo does not show the %s of this meeting. Send it with the change.".formatted(field));
            }
            return time.truncatedTo(ChronoUnit.SECONDS);
        }

        private static List<String> keysOf(Meeting meeting) {
            return meeting.coorganizers() == null ? List.of() : meeting.coorganizers();
        }
    }

    /** Fails with {@link Failure.InvalidRequest} for the first invalid field. */
    static NewMeeting of(@Nullable Request body, Instant now) {
        Request request = sent(body);
        return new NewMeeting(
                        checkedSubject(request.subject()),
                        RequestTime.of("startTime", request.startTime()),
                        RequestTime.of("endTime", request.endTime()),
                        chosenType(request.type()).wireName(),
                        chosenAudio(request.audio()),
                        Boolean.TRUE.equals(request.passwordRequired()),
                        checkedKeys(request.coorganizers()))
                .inOrder(request);
    }

    /** An unknown type counts as SCHEDULED. */
    Meeting.Type type() {
        return Objects.requireNonNullElse(Meeting.Type.ofWire(wireType), Meeting.Type.SCHEDULED);
    }

    /** GoTo moves the times of recurring and immediate meetings, and decides about them. */
    NewMeeting beginningAfter(Instant earliest) {
        if (type() == Meeting.Type.SCHEDULED && startTime.isBefore(earliest)) {
            throw new Failure.InvalidRequest("startTime", "startTime must not be in the past.");
        }
        return this;
    }

    private NewMeeting inOrder(Request sent) {
        if ((sent.startTime() != null || sent.endTime() != null) && !endTime.isAfter(startTime)) {
            throw new Failure.InvalidRequest(
                    sent.endTime() == null ? "startTime" : "endTime", "endTime must be after startTime.");
        }
        return this;
    }

    static Request sent(@Nullable Request body) {
        if (body == null) {
            throw new Failure.InvalidRequest("body", "The body must be the meeting as a JSON object.");
        }
        return body;
    }

    private static String checkedSubject(@Nullable String subject) {
        return RequestText.of("subject", Objects.requireNonNullElse(subject, ""), LONGEST_SUBJECT);
    }

    private static Meeting.Type chosenType(@Nullable String type) {
        return type == null ? Meeting.Type.SCHEDULED : RequestChoice.of("type", type, Meeting.Type.class);
    }

    private static Meeting.Audio chosenAudio(@Nullable String audio) {
        return audio == null ? Meeting.Audio.HYBRID : RequestChoice.of("audio", audio, Meeting.Audio.class);
    }

    private static List<String> checkedKeys(@Nullable List<@Nullable String> keys) {
        if (keys == null) {
            return List.of();
        }
        if (keys.size() > 100 || !keys.stream().allMatch(key -> key != null && GoToId.isValid(key))) {
            throw new Failure.InvalidRequest(
                    "coorganizers", "coorganizers must be at most 100 of GoTo's user keys, each a string of digits.");
        }
        return keys.stream().map(String::valueOf).toList();
    }
}
