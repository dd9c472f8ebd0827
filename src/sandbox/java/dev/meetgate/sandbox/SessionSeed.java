package dev.meetgate.sandbox;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Past sessions of one meeting that a test asks for: {@code times} sessions, one every {@code everyMinutes},
 * with consecutive ids.
 */
record SessionSeed(
        String organizer,
        String subject,
        long meetingId,
        long sessionId,
        String start,
        int minutes,
        int times,
        int everyMinutes,
        List<HeldSession.Attendee> attendees,
        boolean recorded) {

    SessionSeed {
        Person.byEmail(organizer);
        MeetingRequest.time("start", start);
    }

    static SessionSeed of(JsonObject json) {
        var defaults = new JsonObject()
                .put("organizer", Person.ALL.get(0).email())
                .put("subject", "Seeded")
                .put("minutes", 30)
                .put("times", 1)
                .put("everyMinutes", 60)
                .put("attendees", List.of())
                .put("recorded", false);
        return StrictJson.read(defaults.mergeIn(json), SessionSeed.class);
    }

    Stream<HeldSession> sessions() {
        Instant first = MeetingRequest.time("start", start);
        // The meeting has no duration of its own, so that it has no sessions but these.
        var request = new MeetingRequest(subject, first, first, false, "Hybrid", "scheduled", List.of());
        var meeting = new StoredMeeting(meetingId, Person.byEmail(organizer), request);
        return IntStream.range(0, times).mapToObj(n -> {
            Instant begin = first.plus(Duration.ofMinutes((long) n * everyMinutes));
            return new HeldSession(
                    meeting, sessionId + n, begin, begin.plus(Duration.ofMinutes(minutes)), attendees, recorded);
        });
    }
}
