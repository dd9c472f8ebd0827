package dev.meetgate.history;

import dev.meetgate.gotoapi.WireText;
import dev.meetgate.gotoapi.WireTime;
import dev.meetgate.meetings.Organizer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

record WireSession(
        @Nullable String sessionId,
        @Nullable String meetingId,
        @Nullable String subject,
        @Nullable String startTime,
        @Nullable String endTime,
        @Nullable String meetingType,
        @Nullable String duration,
        @Nullable String numAttendees,
        @Nullable String organizerKey,
        @Nullable String email,
        @Nullable String firstName,
        @Nullable String lastName,
        @Nullable String groupName,
        @Nullable WireRecording recording) {

    record WireRecording(
            @Nullable String recordingId,
            @Nullable String recordingName,
            @Nullable String downloadUrl,
            @Nullable String shareUrl,
            @Nullable String fileSize) {

        Session.Recording toRecording() {
            return new Session.Recording(
                    WireText.present(recordingId),
                    WireText.present(recordingName),
                    WireText.present(downloadUrl),
                    hasPath(shareUrl) ? shareUrl : null,
                    WireText.number(fileSize));
        }

        /** GoTo sometimes sends only its host's address, without a recording. */
        private static boolean hasPath(@Nullable String url) {
            return url != null && url.matches("https?://[^/]+/.+");
        }
    }

    /** Null without a meeting or a start, because a range of time cannot show it. */
    @Nullable
    Session toSession() {
        Instant start = WireTime.parse(startTime);
        if (meetingId == null || start == null) {
            return null;
        }
        return new Session(
                WireText.present(sessionId),
                meetingId,
                WireText.subject(subject),
                start,
                WireTime.parse(endTime),
                WireText.meetingType(meetingType),
                WireText.number(duration),
                WireText.number(numAttendees),
                Organizer.of(organizerKey, email, firstName, lastName, WireText.group(groupName)),
                recording == null ? null : recording.toRecording());
    }
}
