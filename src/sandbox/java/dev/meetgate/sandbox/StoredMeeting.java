package dev.meetgate.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;

/** A meeting with its organizer and the fields of its last change. */
record StoredMeeting(long id, Person organizer, MeetingRequest request) {

    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration LONGEST_SESSION = Duration.ofMinutes(45);

    boolean isUpcoming(Instant now) {
        return request.endTime().isAfter(now) || request.type().equals("recurring");
    }

    /** The past sessions: one in each week from start to end. */
    Stream<HeldSession> sessions(Instant now) {
        return Stream.iterate(
                        request.startTime(), start -> start.isBefore(request.endTime()), start -> start.plus(WEEK))
                .map(this::session)
                .filter(session -> !session.end().isAfter(now));
    }

    /** The id in groups of three digits, as people dial it. */
    String accessCode() {
        return Long.toString(id).replaceFirst("(...)(...)(...)", "$1-$2-$3");
    }

    private HeldSession session(Instant start) {
        Instant latest = start.plus(LONGEST_SESSION);
        Instant end = latest.isBefore(request.endTime()) ? latest : request.endTime();
        return new HeldSession(
                this,
                id * 1000 + Duration.between(request.startTime(), start).dividedBy(WEEK),
                start,
                end,
                HeldSession.USUAL,
                false);
    }
}
