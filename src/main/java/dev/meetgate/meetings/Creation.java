package dev.meetgate.meetings;

import dev.meetgate.caller.User;
import dev.meetgate.gotoapi.GoToCalls;
import dev.meetgate.gotoapi.WireText;
import dev.meetgate.meetings.GoToMeetingApi.WireCreated;
import dev.meetgate.meetings.GoToMeetingApi.WireNewMeeting;
import dev.meetgate.problem.Failure;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;

/** Creates meetings at GoTo, and looks for those of which it is not known whether they were created. */
@Singleton
class Creation {

    private final GoToCalls goTo;
    private final GoToMeetingApi api;
    private final KnownMeetings known;

    Creation(GoToCalls goTo, GoToMeetingApi api, KnownMeetings known) {
        this.goTo = goTo;
        this.api = api;
        this.known = known;
    }

    /** Fails with {@link Failure.OutcomeUnknown} where GoTo may have created the meeting and did not say so. */
    Uni<Meeting> of(User user, NewMeeting wanted) {
        return goTo.call(user, call -> api.create(call, WireNewMeeting.of(wanted))
                        .map(created -> GoToMeetingApi.single(created).toMeeting(wanted)))
                .call(meeting -> remember(user, wanted, meeting));
    }

    /** So that it can be shown with what GoTo does not tell again. */
    Uni<Void> remember(User user, NewMeeting wanted, Meeting made) {
        return known.remember(user, made.id(), wanted, made.joinUrl(), Instant.now());
    }

    /** The upcoming meetings that may be what became of it. They have no join URL. */
    Uni<List<Meeting>> candidates(User user, NewMeeting wanted) {
        return goTo.call(user, api::upcoming).map(meetings -> meetings.stream()
                .map(WireMeeting::toMeeting)
                .filter(meeting -> isLike(wanted, meeting))
                .map(meeting -> new WireCreated(meeting.id(), null, meeting.dialIn()).toMeeting(wanted))
                .toList());
    }

    /** GoTo does not keep to the times of meetings that recur or begin at once. */
    private static boolean isLike(NewMeeting wanted, Meeting meeting) {
        return WireText.returned(wanted.subject())
                        .strip()
                        .equals(meeting.subject().strip())
                && wanted.type().name().equals(meeting.type())
                && (wanted.type() != Meeting.Type.SCHEDULED
                        || (wanted.startTime().equals(meeting.startTime())
                                && wanted.endTime().equals(meeting.endTime())));
    }
}
