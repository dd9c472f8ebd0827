package dev.meetgate.sandbox;

import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The past sessions of all meetings, without those that were deleted. */
final class SessionStore {

    private final MeetingStore meetings;
    private final Map<Long, HeldSession> seeded = new LinkedHashMap<>();
    private final Set<Long> deleted = new HashSet<>();
    private final Set<Long> withoutAttendees = new HashSet<>();
    private final Set<Long> withoutRecording = new HashSet<>();

    SessionStore(MeetingStore meetings) {
        this.meetings = meetings;
    }

    void seed(HeldSession session) {
        meetings.replace(session.meeting());
        seeded.put(session.id(), session);
    }

    Stream<HeldSession> of(Person organizer) {
        Instant now = Instant.now();
        Stream<HeldSession> held = meetings.of(organizer).flatMap(meeting -> meeting.sessions(now));
        Stream<HeldSession> also = seeded.values().stream()
                .filter(session -> session.meeting().organizer().equals(organizer));
        return Stream.concat(held, also)
                .filter(session -> !deleted.contains(session.id()))
                .map(this::remaining);
    }

    /** @throws Refusal unless the organizer has such a session */
    HeldSession find(Person organizer, String id) {
        return of(organizer)
                .filter(session -> Long.toString(session.id()).equals(id))
                .findFirst()
                .orElseThrow(() -> Refusal.api(404, "NOT_FOUND", "There is no such session"));
    }

    void delete(HeldSession session) {
        deleted.add(session.id());
    }

    void deleteAttendees(HeldSession session) {
        withoutAttendees.add(session.id());
    }

    void deleteRecording(HeldSession session) {
        withoutRecording.add(session.id());
    }

    private HeldSession remaining(HeldSession session) {
        HeldSession some = withoutAttendees.contains(session.id()) ? session.withoutAttendees() : session;
        return withoutRecording.contains(session.id()) ? some.withoutRecording() : some;
    }
}
