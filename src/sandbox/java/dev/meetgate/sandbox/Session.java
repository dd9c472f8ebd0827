package dev.meetgate.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** One time at which a meeting was held. */
record Session(Meeting meeting, long id, Instant start, Instant end) {

    /** Somebody who came; not everybody leaves an email address. */
    record Attendee(String name, String email) {}

    List<Attendee> attendees() {
        return List.of(new Attendee("Ada Example", "ada@example.org"), new Attendee("A guest", ""));
    }

    long minutes() {
        return Duration.between(start, end).toMinutes();
    }

    boolean startedWithin(Instant from, Instant to) {
        return !start.isBefore(from) && !start.isAfter(to);
    }
}
