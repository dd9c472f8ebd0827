package dev.meetgate.sandbox;

import io.vertx.core.MultiMap;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The range of time that a call asks about, both ends included. Longer ones than were ever allowed are not answered. */
record Period(Instant from, Instant to) {

    private static final Duration LONGEST = Duration.ofDays(60);

    static Period read(MultiMap query) {
        return checked(
                MeetingRequest.time("startDate", query.get("startDate")),
                MeetingRequest.time("endDate", query.get("endDate")));
    }

    /** Some calls go without dates, and mean the last days then. */
    static Period readIfAny(MultiMap query) {
        @Nullable String startDate = query.get("startDate");
        @Nullable String endDate = query.get("endDate");
        Instant to = endDate == null ? Instant.now() : MeetingRequest.time("endDate", endDate);
        return checked(startDate == null ? to.minus(LONGEST) : MeetingRequest.time("startDate", startDate), to);
    }

    private static Period checked(Instant from, Instant to) {
        if (to.isBefore(from)) {
            throw Refusal.api(400, "RequestValidationError", "endDate is before startDate");
        }
        if (from.plus(LONGEST).isBefore(to)) {
            throw Refusal.api(400, "RequestValidationError", "a range has at most " + LONGEST.toDays() + " days");
        }
        return new Period(from, to);
    }

    boolean hasStartOf(Session session) {
        return !session.start().isBefore(from) && !session.start().isAfter(to);
    }
}
