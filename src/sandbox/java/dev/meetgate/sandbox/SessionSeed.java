package dev.meetgate.sandbox;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A past that somebody wants to have had: sessions of one meeting, {@code times} of them, each {@code everyMinutes} after the one
 * before, with ids that count up.
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
        List<Session.Attendee> attendees,
        boolean recorded) {

    SessionSeed {
        Account.named(organizer);
        MeetingRequest.time("start", start);
    }

    static SessionSeed of(JsonObject json) {
        var defaults = new JsonObject()
                .put("organizer", Account.ALL.get(0).email())
                .put("subject", "Seeded")
                .put("minutes", 30)
                .put("times", 1)
                .put("everyMinutes", 60)
                .put("attendees", List.of())
                .put("recorded", false);
        return StrictJson.read(defaults.mergeIn(json), SessionSeed.class);
    }

    Stream<Session> sessions() {
        Instant first = MeetingRequest.time("start", start);
        // One that takes no time was not held itself: only the sessions were.
        var request = new MeetingRequest(subject, first, first, false, "Hybrid", "scheduled", List.of());
        var meeting = new Meeting(meetingId, Account.named(organizer), request);
        return IntStream.range(0, times).mapToObj(n -> {
            Instant begin = first.plus(Duration.ofMinutes((long) n * everyMinutes));
            return new Session(
                    meeting, sessionId + n, begin, begin.plus(Duration.ofMinutes(minutes)), attendees, recorded);
        });
    }
}
