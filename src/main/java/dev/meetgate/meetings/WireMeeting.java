package dev.meetgate.meetings;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.meetgate.gotoapi.WireText;
import dev.meetgate.gotoapi.WireTime;
import dev.meetgate.problem.Failure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A meeting in GoTo's JSON. All values are strings because GoTo's calls differ in numbers and booleans. */
// Without this, Jackson copies unknown members before it drops them. Lists are the most frequent call.
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

    /** Null without an id. */
    @Nullable
    Meeting inAList() {
        return WireText.present(meetingId) == null ? null : toMeeting();
    }

    Meeting toMeeting() {
        if (meetingId == null) {
            throw Failure.GoToUnavailable.answered("GoTo's answer is not a meeting.");
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

    /** The type for a request that leaves it unchanged. Unknown types are kept. */
    String wireType() {
        Meeting.Type known = Meeting.Type.ofWire(WireText.meetingType(meetingType));
        return known == null ? String.valueOf(meetingType) : known.wireName();
    }
}
