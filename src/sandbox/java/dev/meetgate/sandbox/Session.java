package dev.meetgate.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** One time at which a meeting was held. */
record Session(Meeting meeting, long id, Instant start, Instant end, List<Attendee> attendees, boolean recorded) {

    static final List<Attendee> USUAL =
            List.of(new Attendee("Ada Example", "ada@example.org"), new Attendee("A guest", ""));

    /** Somebody who came; not everybody leaves an email address. */
    record Attendee(String name, String email) {}

    Session withoutAttendees() {
        return new Session(meeting, id, start, end, List.of(), recorded);
    }

    Session withoutRecording() {
        return new Session(meeting, id, start, end, attendees, false);
    }

    long minutes() {
        return Duration.between(start, end).toMinutes();
    }
}
