package dev.meetgate.history;

import dev.meetgate.gotoapi.WireText;
import dev.meetgate.gotoapi.WireTime;
import dev.meetgate.meetings.Organizer;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An attendance in GoTo's JSON. The names are the organizer's. Keys have two spellings. */
record WireAttendance(
        @Nullable String meetingInstanceKey,
        @Nullable String meetingId,
        @Nullable String attendeeName,
        @Nullable String attendeeEmail,
        @Nullable String joinTime,
        @Nullable String leaveTime,
        @Nullable String subject,
        @Nullable String startTime,
        @Nullable String endTime,
        @Nullable String organizerkey,
        @Nullable String organizerKey,
        @Nullable String email,
        @Nullable String firstName,
        @Nullable String lastName,
        @Nullable String groupName) {

    /** Null without a time, because a range of time cannot show it. */
    @Nullable
    Attendance inARange() {
        return WireTime.parse(startTime) == null && WireTime.parse(joinTime) == null ? null : toAttendance();
    }

    /** Null without a meeting. */
    @Nullable
    Attendance toAttendance() {
        if (meetingId == null) {
            return null;
        }
        Instant joined = WireTime.parse(joinTime);
        Instant left = WireTime.parse(leaveTime);
        String key = organizerKey == null ? organizerkey : organizerKey;
        return new Attendance(
                WireText.present(meetingInstanceKey),
                meetingId,
                WireText.present(attendeeName),
                WireText.present(attendeeEmail),
                joined,
                left,
                minutes(joined, left),
                WireText.subject(subject),
                WireTime.parse(startTime),
                WireTime.parse(endTime),
                Organizer.of(key, email, firstName, lastName, WireText.group(groupName)));
    }

    /** GoTo's own duration means the meeting in one call and the attendance in others. */
    private static @Nullable Long minutes(@Nullable Instant joined, @Nullable Instant left) {
        return joined == null || left == null || left.isBefore(joined)
                ? null
                : Duration.between(joined, left).toMinutes();
    }
}
