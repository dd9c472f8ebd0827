package dev.meetgate.connect;

import dev.meetgate.events.EventType;
import dev.meetgate.events.Outbox;

/** Writes the events of connect links and their attempts. */
final class LinkEvents {

    /** Of an attempt that got tokens with fewer scopes than requested. */
    static final String SCOPE_MISSING = write(
            EventType.CONNECT_LINK_FAILED.sql(),
            Outcome.SCOPE_MISSING.sql(),
            "authorization_request where state_hash = :state");

    /** Of links whose consent was not finished: by the person's word or silence, or by the application's. */
    static String ofEnded(String relation) {
        return write(
                "case when outcome = 'NOT_FINISHED' then %s else %s end"
                        .formatted(EventType.CONNECT_LINK_FAILED.sql(), EventType.CONNECT_LINK_DENIED.sql()),
                "lower(replace(outcome, '_', '-'))",
                relation);
    }

    private LinkEvents() {}

    /** Writes an event for each row of a relation with the columns {@code tenant} and {@code user_id}. */
    static String write(String type, String problem, String relation) {
        return Outbox.write(type, "problem", problem, relation);
    }

    static EventType of(Outcome outcome) {
        return outcome.isBad() ? EventType.CONNECT_LINK_FAILED : EventType.CONNECT_LINK_DENIED;
    }
}
