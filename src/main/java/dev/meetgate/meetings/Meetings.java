package dev.meetgate.meetings;

import dev.meetgate.audit.Action;
import dev.meetgate.caller.User;
import dev.meetgate.gotoapi.GoToCall;
import dev.meetgate.gotoapi.GoToCalls;
import dev.meetgate.gotoapi.GoToClients;
import dev.meetgate.gotoapi.WireList;
import dev.meetgate.gotoapi.WireLists;
import dev.meetgate.gotoapi.WireText;
import dev.meetgate.meetings.GoToMeetingApi.WireNewMeeting;
import dev.meetgate.problem.Failure;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** Reads and changes single meetings, with GoTo's values and those stored here. */
@Singleton
class Meetings {

    private record Listed(WireList<WireMeeting> found, boolean hasKnown) {}

    private final GoToCalls goTo;
    private final GoToMeetingApi api;
    private final WireLists lists;
    private final KnownMeetings known;

    Meetings(GoToCalls goTo, GoToMeetingApi api, WireLists lists, KnownMeetings known) {
        this.goTo = goTo;
        this.api = api;
        this.lists = lists;
        this.known = known;
    }

    @Produces
    @Singleton
    static GoToMeetingApi api(GoToClients clients) {
        return clients.of(GoToMeetingApi.class);
    }

    Uni<List<Meeting>> upcoming(User user) {
        return listed(user, call -> api.upcoming(call.provingTheToken()));
    }

    Uni<List<Meeting>> upcomingOfOrganizer(User user, String organizerKey) {
        return listed(user, call -> api.organizersUpcoming(call, organizerKey))
                .onFailure(Failure.MeetingNotFound.class)
                .transform(unknown -> new Failure.UnknownAtGoTo("organizer"));
    }

    Uni<List<Meeting>> upcomingOfGroup(User user, String groupKey) {
        return listed(user, call -> api.groupsUpcoming(call, groupKey))
                .onFailure(Failure.MeetingNotFound.class)
                .transform(unknown -> new Failure.UnknownAtGoTo("group"));
    }

    /** GoTo's answer may be empty, which {@link GoToCalls} reports. */
    private Uni<List<Meeting>> listed(User user, Function<GoToCall, Uni<WireList<WireMeeting>>> request) {
        return goTo.call(user, call -> request.apply(call)
                        .onItem()
                        .ifNotNull()
                        .transform(found -> new Listed(found, call.hasKnownMeetings())))
                .flatMap(listed -> {
                    List<Meeting> meetings = lists.read(listed.found(), WireMeeting::inAList);
                    return listed.hasKnown()
                            ? known.recall(user, meetings)
                            : Uni.createFrom().item(meetings);
                });
    }

    Uni<Meeting> read(User user, String id) {
        return found(user, id).flatMap(found -> recalled(user, found.toMeeting()));
    }

    /**
     * Changes the sent values and keeps the others. The precondition throws if the meeting must not be
     * changed.
     */
    Uni<Meeting> change(User user, String id, NewMeeting.Request sent, Consumer<Meeting> precondition) {
        return found(user, id)
                .flatMap(found -> recalled(user, found.toMeeting())
                        .invoke(precondition)
                        .map(meeting -> sent.over(meeting, found.wireType(), Instant.now())))
                .flatMap(changed -> write(user, id, changed));
    }

    /** Writes all values and returns them, because GoTo's answer is empty. */
    Uni<Meeting> write(User user, String id, NewMeeting values) {
        return goTo.change(user, Action.MEETING_CHANGE, id, change -> api.update(change, id, WireNewMeeting.of(values)))
                .onFailure(Failure.RejectedByGoTo.class)
                .transform(WireNewMeeting::named)
                .call(() -> known.remember(user, id, values, null, Instant.now()))
                .flatMap(written -> recalled(user, Meeting.written(id, values, null, null)));
    }

    Uni<Void> delete(User user, String id) {
        return goTo.change(user, Action.MEETING_DELETE, id, change -> api.delete(change, id))
                .replaceWithVoid()
                .call(() -> known.forget(user, id))
                .onFailure(Failure.MeetingNotFound.class)
                .call(() -> known.forget(user, id));
    }

    /** Anyone who opens the URL becomes the host. */
    Uni<String> hostUrl(User user, String id) {
        return goTo.change(user, Action.MEETING_START, id, change -> api.start(change, id))
                .map(start -> {
                    String url = WireText.present(start.hostURL());
                    if (url == null) {
                        throw Failure.GoToUnavailable.answered("GoTo's answer has no host URL.");
                    }
                    return url;
                });
    }

    private Uni<WireMeeting> found(User user, String id) {
        return goTo.call(user, call -> api.meeting(call, id)).map(GoToMeetingApi::single);
    }

    private Uni<Meeting> recalled(User user, Meeting meeting) {
        return known.recall(user, List.of(meeting)).map(meetings -> meetings.get(0));
    }
}
