package dev.meetgate.sandbox;

import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The past of everybody's meetings, less what was deleted of it. */
final class Sessions {

    private final Meetings meetings;
    private final Map<Long, Session> seeded = new LinkedHashMap<>();
    private final Set<Long> deleted = new HashSet<>();
    private final Set<Long> withoutAttendees = new HashSet<>();
    private final Set<Long> withoutRecording = new HashSet<>();

    Sessions(Meetings meetings) {
        this.meetings = meetings;
    }

    void seed(Session session) {
        meetings.replace(session.meeting());
        seeded.put(session.id(), session);
    }

    Stream<Session> of(Account organizer) {
        Instant now = Instant.now();
        Stream<Session> held = meetings.of(organizer).flatMap(meeting -> meeting.sessions(now));
        Stream<Session> also = seeded.values().stream()
                .filter(session -> session.meeting().organizer().equals(organizer));
        return Stream.concat(held, also)
                .filter(session -> !deleted.contains(session.id()))
                .map(this::remaining);
    }

    /** @throws Refusal unless the organizer has such a session */
    Session find(Account organizer, String id) {
        return of(organizer)
                .filter(session -> Long.toString(session.id()).equals(id))
                .findFirst()
                .orElseThrow(() -> Refusal.api(404, "NOT_FOUND", "There is no such session"));
    }

    void delete(Session session) {
        deleted.add(session.id());
    }

    void deleteAttendees(Session session) {
        withoutAttendees.add(session.id());
    }

    void deleteRecording(Session session) {
        withoutRecording.add(session.id());
    }

    private Session remaining(Session session) {
        Session some = withoutAttendees.contains(session.id()) ? session.withoutAttendees() : session;
        return withoutRecording.contains(session.id()) ? some.withoutRecording() : some;
    }
}
