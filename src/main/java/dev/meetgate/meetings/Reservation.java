package dev.meetgate.meetings;

import dev.meetgate.meetings.GoToMeetingApi.WireCreated;
import java.util.UUID;

/** The result of reserving an Idempotency-Key. */
sealed interface Reservation {

    record Ours(UUID attempt) implements Reservation {}

    record Done(WireCreated created) implements Reservation {}

    record OtherBody() implements Reservation {}

    record UnderWay() implements Reservation {}

    /** The outcome is unknown. When settled, GoTo lists the meeting if it exists. */
    record Abandoned(UUID attempt, boolean settled) implements Reservation {}
}
