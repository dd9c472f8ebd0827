package dev.meetgate.meetings;

import dev.meetgate.audit.Action;
import dev.meetgate.audit.Audit;
import dev.meetgate.audit.Outcome;
import dev.meetgate.caller.User;
import dev.meetgate.gotoapi.GoToCalls;
import dev.meetgate.gotoapi.WireLists;
import dev.meetgate.gotoapi.WireText;
import dev.meetgate.meetings.GoToMeetingApi.WireCreated;
import dev.meetgate.meetings.GoToMeetingApi.WireNewMeeting;
import dev.meetgate.problem.Failure;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Creates meetings, and searches for those whose creation had an unknown outcome. */
@Singleton
class Creation {

    /** GoTo decides about a start that is nearly now. */
    static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    private final GoToCalls goTo;
    private final GoToMeetingApi api;
    private final WireLists lists;
    private final KnownMeetings known;
    private final Audit audit;

    Creation(GoToCalls goTo, GoToMeetingApi api, WireLists lists, KnownMeetings known, Audit audit) {
        this.goTo = goTo;
        this.api = api;
        this.lists = lists;
        this.known = known;
        this.audit = audit;
    }

    /** Fails with {@link Failure.OutcomeUnknown} if GoTo may have created the meeting without answering. */
    Uni<Meeting> of(User user, NewMeeting wanted) {
        return of(user, wanted, Audit.newId(), () -> {});
    }

    /**
     * Creates the meeting, with the id of its entry in the audit.
     *
     * @param begins runs when the entry is written and the request begins
     */
    Uni<Meeting> of(User user, NewMeeting wanted, UUID entry, Runnable begins) {
        return Uni.createFrom()
                .deferred(() -> {
                    WireNewMeeting wire = WireNewMeeting.of(
                            wanted.beginningAfter(Instant.now().minus(CLOCK_SKEW)));
                    return goTo.change(user, Action.MEETING_CREATE, null, entry, change -> {
                        begins.run();
                        return api.create(change, wire)
                                .map(created -> GoToMeetingApi.single(created).toMeeting(wanted))
                                .invoke(made -> change.made(made.id()));
                    });
                })
                .onFailure(Failure.RejectedByGoTo.class)
                .transform(WireNewMeeting::named)
                .call(meeting -> remember(user, wanted, meeting));
    }

    /** The request of this entry has made the meeting, and its answer was lost. */
    Uni<Void> found(User user, NewMeeting wanted, UUID entry, Meeting made) {
        Audit.Entry begun = audit.begun(entry);
        begun.concerns(made.id());
        return begun.end(Outcome.SUCCESS, null).chain(() -> remember(user, wanted, made));
    }

    /** Stores the values that GoTo does not return again. */
    private Uni<Void> remember(User user, NewMeeting wanted, Meeting made) {
        return known.remember(user, made.id(), wanted, made.joinUrl(), Instant.now());
    }

    /** The upcoming meetings that may be the result of a lost request. They have no join URL. */
    Uni<List<Meeting>> candidates(User user, NewMeeting wanted) {
        return goTo.call(user, api::upcoming).map(found -> lists.read(found, WireMeeting::inAList).stream()
                .filter(meeting -> isLike(wanted, meeting))
                .map(meeting -> new WireCreated(meeting.id(), null, meeting.dialIn()).toMeeting(wanted))
                .toList());
    }

    /** GoTo changes the times of recurring and immediate meetings. */
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
