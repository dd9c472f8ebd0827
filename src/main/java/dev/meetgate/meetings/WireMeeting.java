package dev.meetgate.meetings;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.meetgate.gotoapi.WireText;
import dev.meetgate.gotoapi.WireTime;
import dev.meetgate.problem.Failure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A meeting as GoTo sends it, in any of its answers. What is a number or a boolean in one of them is a string in another, so all
 * are read as strings.
 */
// What no component takes, Jackson copies before it drops it, unless told so here: lists are the most frequent call.
@JsonIgnoreProperties(ignoreUnknown = true)
record WireMeeting(
        @JsonAlias("meetingid") @Nullable String meetingId,
        @Nullable String subject,
        @Nullable String startTime,
        @Nullable String endTime,
        @Nullable String meetingType,
        @Nullable String status,
        @Nullable String passwordRequired,
        @Nullable String conferenceCallInfo,
        @JsonAlias("joinUrl") @Nullable String joinURL,
        @Nullable List<String> coorganizerKeys,
        @Nullable String organizerKey,
        @Nullable String email,
        @Nullable String firstName,
        @Nullable String lastName,
        @Nullable String groupName) {

    static List<Meeting> toMeetings(List<WireMeeting> meetings) {
        return meetings.stream().map(WireMeeting::toMeeting).toList();
    }

    Meeting toMeeting() {
        if (meetingId == null) {
            throw new Failure.GoToUnavailable("GoTo's answer is not a meeting.");
        }
        String dialIn = WireText.present(conferenceCallInfo);
        Meeting.Audio audio = Meeting.Audio.ofWire(dialIn);
        return new Meeting(
                meetingId,
                WireText.subject(subject),
                WireTime.parse(startTime),
                WireTime.parse(endTime),
                WireText.meetingType(meetingType),
                WireText.word(status),
                Boolean.parseBoolean(passwordRequired),
                audio,
                WireText.present(joinURL),
                audio == null ? dialIn : null,
                coorganizerKeys == null || coorganizerKeys.isEmpty() ? null : coorganizerKeys,
                Organizer.of(organizerKey, email, firstName, lastName, WireText.group(groupName)));
    }

    /** For a request that leaves it as it is; one that is unknown here stays as it came. */
    String wireType() {
        Meeting.Type known = Meeting.Type.ofWire(WireText.meetingType(meetingType));
        return known == null ? String.valueOf(meetingType) : known.wireName();
    }
}
