package dev.meetgate.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;

/** A room, with what was last asked of it. */
record Meeting(long id, Account organizer, MeetingRequest request) {

    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration LONGEST_SESSION = Duration.ofMinutes(45);

    boolean isUpcoming(Instant now) {
        return request.endTime().isAfter(now) || request.type().equals("recurring");
    }

    /** The times it was held. A meeting that goes on for weeks was held once in each, so that a room can have many sessions. */
    Stream<Session> sessions(Instant now) {
        return Stream.iterate(
                        request.startTime(), start -> start.isBefore(request.endTime()), start -> start.plus(WEEK))
                .map(this::session)
                .filter(session -> !session.end().isAfter(now));
    }

    private Session session(Instant start) {
        Instant latest = start.plus(LONGEST_SESSION);
        Instant end = latest.isBefore(request.endTime()) ? latest : request.endTime();
        return new Session(
                this,
                id * 1000 + Duration.between(request.startTime(), start).dividedBy(WEEK),
                start,
                end,
                Session.USUAL,
                false);
    }
}
