package dev.meetgate.meetings;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Somebody's presence in a session. Who left and came again has several.
 *
 * @param sessionId names the session, as in the history
 * @param name as the attendee gave it
 * @param durationMinutes of the presence
 * @param startTime of the session, as {@code endTime}
 */
record Attendance(
        @Nullable String sessionId,
        String meetingId,
        @Nullable String name,
        @Nullable String email,
        @Nullable Instant joinTime,
        @Nullable Instant leaveTime,
        @Nullable Long durationMinutes,
        String subject,
        @Nullable Instant startTime,
        @Nullable Instant endTime,
        Meeting.@Nullable Organizer organizer)
        implements Timed {

    @Override
    public Instant time() {
        return startTime == null ? Objects.requireNonNullElse(joinTime, Instant.EPOCH) : startTime;
    }

    @Override
    public String key() {
        return String.join(
                " ", String.valueOf(sessionId), String.valueOf(joinTime), String.valueOf(name), String.valueOf(email));
    }
}
