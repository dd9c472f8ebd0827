package dev.meetgate.meetings;

import dev.meetgate.meetings.GoToMeetingApi.WireCreated;
import java.util.UUID;

/** The result of reserving an Idempotency-Key. */
sealed interface Reservation {

    /** This attempt has reserved the key. */
    record Ours(UUID attempt) implements Reservation {}

    /** The key has a meeting. */
    record Done(WireCreated created) implements Reservation {}

    /** The key was used with another body. */
    record OtherBody() implements Reservation {}

    /** Another attempt is in progress. */
    record UnderWay() implements Reservation {}

    /**
     * An earlier attempt ended with an unknown outcome.
     *
     * @param settled whether no request can still be in progress, so that GoTo lists the meeting if it exists
     */
    record Abandoned(UUID attempt, boolean settled) implements Reservation {}
}
