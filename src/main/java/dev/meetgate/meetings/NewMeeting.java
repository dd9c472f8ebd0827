package dev.meetgate.meetings;

import dev.meetgate.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a meeting is to be, every value of it checked. */
record NewMeeting(
        String subject,
        Instant startTime,
        Instant endTime,
        Meeting.Type type,
        Meeting.Audio audio,
        boolean passwordRequired,
        List<String> coorganizers) {

    private static final int LONGEST_SUBJECT = 100;
    private static final Duration FURTHEST = Duration.ofDays(10 * 366);

    /** The values as they were sent. */
    @Schema(
            name = "NewMeeting",
            description = "What a meeting is to be",
            requiredProperties = {"subject", "startTime", "endTime"})
    record Request(
            @Schema(
                    description = "What it is about, without control characters",
                    examples = "Planning",
                    minLength = 1,
                    maxLength = LONGEST_SUBJECT)
            @Nullable
            String subject,

            @Schema(
                    description = "When it starts, in any time zone; within ten years",
                    examples = "2027-01-15T09:00:00Z",
                    format = "date-time")
            @Nullable
            String startTime,

            @Schema(
                    description = "When it ends, which is after it starts",
                    examples = "2027-01-15T10:00:00Z",
                    format = "date-time")
            @Nullable
            String endTime,

            @Schema(implementation = Meeting.Type.class) @Nullable
            String type,

            @Schema(implementation = Meeting.Audio.class) @Nullable
            String audio,

            @Schema(
                    description = "Whether attendees need a password; not, where a new meeting does not say",
                    examples = "false")
            @Nullable
            Boolean passwordRequired,

            @Schema(
                    description = "User keys of GoTo, each a string of digits",
                    examples = "[\"1234567890123456789\"]",
                    maxItems = 100)
            @Nullable
            List<@Nullable String> coorganizers) {

        /** The meeting's own values in place of those that were not sent. */
        Request over(Meeting meeting) {
            return new Request(
                    subject == null ? meeting.subject() : subject,
                    startTime == null ? text(meeting.startTime()) : startTime,
                    endTime == null ? text(meeting.endTime()) : endTime,
                    type == null ? meeting.type() : type,
                    audio == null ? audioOf(meeting).name() : audio,
                    passwordRequired == null ? meeting.passwordRequired() : passwordRequired,
                    coorganizers == null ? copied(meeting.coorganizers()) : coorganizers);
        }

        private static @Nullable List<@Nullable String> copied(@Nullable List<String> keys) {
            return keys == null ? null : new ArrayList<@Nullable String>(keys);
        }

        /** GoTo does not tell it of a meeting that was not made here; whether there are numbers to dial it does tell. */
        private static Meeting.Audio audioOf(Meeting meeting) {
            if (meeting.audio() != null) {
                return meeting.audio();
            }
            return meeting.dialIn() == null ? Meeting.Audio.VOIP : Meeting.Audio.HYBRID;
        }

        private static @Nullable String text(@Nullable Object value) {
            return value == null ? null : value.toString();
        }
    }

    /**
     * Checks what was sent.
     *
     * @throws Failure.InvalidRequest for the first field that is wrong
     */
    static NewMeeting of(@Nullable Request body, Instant now) {
        Request request = sent(body);
        String subject = subject(request.subject());
        Instant startTime = RequestTime.of("startTime", request.startTime());
        Instant endTime = RequestTime.of("endTime", request.endTime());
        if (startTime.isAfter(now.plus(FURTHEST))) {
            throw new Failure.InvalidRequest("startTime", "A meeting starts within ten years.");
        }
        if (!endTime.isAfter(startTime) || endTime.isAfter(now.plus(FURTHEST))) {
            throw new Failure.InvalidRequest("endTime", "A meeting ends after it starts, and within ten years.");
        }
        return new NewMeeting(
                subject,
                startTime,
                endTime,
                choice("type", request.type(), Meeting.Type.SCHEDULED),
                choice("audio", request.audio(), Meeting.Audio.HYBRID),
                Boolean.TRUE.equals(request.passwordRequired()),
                coorganizers(request.coorganizers()));
    }

    /** @throws Failure.InvalidRequest where nothing was sent */
    static Request sent(@Nullable Request body) {
        if (body == null) {
            throw new Failure.InvalidRequest("body", "Send the meeting as a JSON object.");
        }
        return body;
    }

    private static String subject(@Nullable String subject) {
        if (subject == null
                || subject.isBlank()
                || subject.codePointCount(0, subject.length()) > LONGEST_SUBJECT
                || subject.codePoints().anyMatch(Character::isISOControl)) {
            throw new Failure.InvalidRequest(
                    "subject", "A subject has 1 to 100 characters, none of them control characters.");
        }
        return subject;
    }

    private static <E extends Enum<E>> E choice(String field, @Nullable String text, E otherwise) {
        if (text == null) {
            return otherwise;
        }
        E[] choices = otherwise.getDeclaringClass().getEnumConstants();
        return Arrays.stream(choices)
                .filter(choice -> choice.name().equals(text))
                .findFirst()
                .orElseThrow(() -> new Failure.InvalidRequest(
                        field, "%s is one of %s.".formatted(field, Arrays.toString(choices))));
    }

    private static List<String> coorganizers(@Nullable List<@Nullable String> keys) {
        if (keys == null) {
            return List.of();
        }
        if (keys.size() > 100 || !keys.stream().allMatch(key -> key != null && GoToId.isOne(key))) {
            throw new Failure.InvalidRequest(
                    "coorganizers", "Co-organizers are at most 100 user keys of GoTo, each a string of digits.");
        }
        return keys.stream().map(String::valueOf).toList();
    }
}
