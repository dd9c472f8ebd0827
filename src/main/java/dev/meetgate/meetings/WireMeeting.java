package dev.meetgate.meetings;

import com.fasterxml.jackson.annotation.JsonAlias;
import dev.meetgate.Failure;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A meeting as GoTo sends it, in any of its answers. What is a number or a boolean in one of them is a string in another, so all
 * are read as strings.
 */
record WireMeeting(
        @JsonAlias("meetingid") @Nullable String meetingId,
        @Nullable String subject,
        @Nullable String startTime,
        @Nullable String endTime,
        @Nullable String meetingType,
        @Nullable String status,
        @Nullable String passwordRequired,
        @Nullable String conferenceCallInfo,
        @Nullable List<String> coorganizerKeys,
        @Nullable String organizerKey,
        @Nullable String email,
        @Nullable String firstName,
        @Nullable String lastName) {

    Meeting toMeeting() {
        if (meetingId == null) {
            throw new Failure.GoToUnavailable("GoTo answered what is not a meeting.");
        }
        return new Meeting(
                meetingId,
                WireText.unescaped(Objects.requireNonNullElse(subject, "")),
                WireTime.parse(startTime),
                WireTime.parse(endTime),
                Objects.requireNonNullElse(upperCase(meetingType), Meeting.Type.SCHEDULED.name()),
                upperCase(status),
                Boolean.parseBoolean(passwordRequired),
                null,
                null,
                conferenceCallInfo == null || conferenceCallInfo.isBlank() ? null : conferenceCallInfo.strip(),
                coorganizerKeys == null || coorganizerKeys.isEmpty() ? null : coorganizerKeys,
                organizerKey == null && email == null
                        ? null
                        : new Meeting.Organizer(organizerKey, email, firstName, lastName));
    }

    private static @Nullable String upperCase(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.toUpperCase(Locale.ROOT);
    }
}
