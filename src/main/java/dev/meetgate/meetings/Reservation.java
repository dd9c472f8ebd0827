package dev.meetgate.meetings;

import dev.meetgate.meetings.GoToMeetingApi.WireCreated;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an Idempotency-Key is good for: it is ours to use, or somebody has used it.
 *
 * @param attempt who uses it
 * @param ours it is us, from now on
 * @param outcomeUnknown the one who used it has given up, and GoTo may have the meeting
 * @param settled nothing is on its way to GoTo any more: what GoTo does not show by now, it does not have
 * @param created the meeting, once there is one
 */
record Reservation(
        UUID attempt,
        boolean ours,
        boolean sameBody,
        boolean outcomeUnknown,
        boolean settled,
        @Nullable WireCreated created) {

    static Reservation ours(UUID attempt) {
        return new Reservation(attempt, true, true, false, false, null);
    }

    boolean isUnderWay() {
        return !outcomeUnknown && !settled;
    }
}
