package dev.meetgate.meetings;

import dev.meetgate.meetings.GoToMeetingApi.WireCreated;
import java.util.UUID;

/** What became of a request for an Idempotency-Key. */
sealed interface Reservation {

    /** The key is ours from now on. */
    record Ours(UUID attempt) implements Reservation {}

    /** The key has its meeting. */
    record Done(WireCreated created) implements Reservation {}

    /** The key was used with another body. */
    record OtherBody() implements Reservation {}

    /** Somebody is using the key. */
    record UnderWay() implements Reservation {}

    /**
     * Whoever used the key has given up, and GoTo may have the meeting.
     *
     * @param settled whether nothing is on its way to GoTo any more: a meeting that GoTo does not show now, it does not have
     */
    record Abandoned(UUID attempt, boolean settled) implements Reservation {}
}
