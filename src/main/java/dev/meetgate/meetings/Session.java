package dev.meetgate.meetings;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One time at which a meeting was held.
 *
 * @param id names the session; GoTo leaves it out where a group was asked about
 * @param type as a meeting's
 */
record Session(
        @Nullable String id,
        String meetingId,
        String subject,
        @Nullable Instant startTime,
        @Nullable Instant endTime,
        String type,
        @Nullable Long durationMinutes,
        @Nullable Long attendeeCount,
        Meeting.@Nullable Organizer organizer,
        @Nullable Recording recording)
        implements Timed {

    /** @param fileSize in bytes */
    record Recording(
            @Nullable String id,
            @Nullable String name,
            @Nullable String downloadUrl,
            @Nullable String shareUrl,
            @Nullable Long fileSize) {}

    @Override
    public Instant time() {
        return startTime == null ? Objects.requireNonNullElse(endTime, Instant.EPOCH) : startTime;
    }

    @Override
    public String key() {
        return id == null ? meetingId : id;
    }
}
