package dev.meetgate.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** One past session of a meeting. */
record HeldSession(
        StoredMeeting meeting, long id, Instant start, Instant end, List<Attendee> attendees, boolean recorded) {

    static final List<Attendee> USUAL =
            List.of(new Attendee("Ada Example", "ada@example.org"), new Attendee("A guest", ""));

    /** A person who attended. The email address may be empty. */
    record Attendee(String name, String email) {}

    HeldSession withoutAttendees() {
        return new HeldSession(meeting, id, start, end, List.of(), recorded);
    }

    HeldSession withoutRecording() {
        return new HeldSession(meeting, id, start, end, attendees, false);
    }

    long minutes() {
        return Duration.between(start, end).toMinutes();
    }
}
