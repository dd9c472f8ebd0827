package dev.meetgate.sandbox;

import io.vertx.core.MultiMap;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A range of time in a query, both ends included. Stricter than GoTo: more than 60 days are refused. */
record Period(Instant from, Instant to) {

    private static final Duration LONGEST = Duration.ofDays(60);

    static Period read(MultiMap query) {
        return checked(
                MeetingRequest.time("startDate", query.get("startDate")),
                MeetingRequest.time("endDate", query.get("endDate")));
    }

    /** Reads a range whose dates are optional. The default is the last 60 days. */
    static Period readOptional(MultiMap query) {
        @Nullable String startDate = query.get("startDate");
        @Nullable String endDate = query.get("endDate");
        Instant to = endDate == null ? Instant.now() : MeetingRequest.time("endDate", endDate);
        return checked(startDate == null ? to.minus(LONGEST) : MeetingRequest.time("startDate", startDate), to);
    }

    private static Period checked(Instant from, Instant to) {
        if (to.isBefore(from)) {
            throw Refusal.invalid("endDate is before startDate");
        }
        if (from.plus(LONGEST).isBefore(to)) {
            throw Refusal.invalid("a range has at most " + LONGEST.toDays() + " days");
        }
        return new Period(from, to);
    }

    boolean hasStartOf(HeldSession session) {
        return !session.start().isBefore(from) && !session.start().isAfter(to);
    }
}
