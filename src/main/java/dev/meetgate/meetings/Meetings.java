package dev.meetgate.meetings;

import dev.meetgate.caller.User;
import dev.meetgate.meetings.GoToMeetingApi.WireNewMeeting;
import dev.meetgate.problem.Failure;
import dev.meetgate.vault.Bearer;
import dev.meetgate.vault.GoToCalls;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** Single meetings: as GoTo has them, with what is known of them here. */
@Singleton
class Meetings {

    private record Upcoming(List<WireMeeting> meetings, boolean someMayBeKnown) {}

    private final GoToCalls goTo;
    private final GoToMeetingApi api;
    private final UpcomingMeetings upcoming;
    private final KnownMeetings known;

    Meetings(GoToCalls goTo, GoToMeetingApi api, UpcomingMeetings upcoming, KnownMeetings known) {
        this.goTo = goTo;
        this.api = api;
        this.upcoming = upcoming;
        this.known = known;
    }

    /** Lists are the most frequent call: where nothing is known of the user's meetings, the database is not asked again. */
    Uni<List<Meeting>> upcoming(User user) {
        return goTo.reading(user, this::ask).flatMap(answer -> {
            List<Meeting> meetings = WireMeeting.toMeetings(answer.meetings());
            return answer.someMayBeKnown()
                    ? known.recall(user, meetings)
                    : Uni.createFrom().item(meetings);
        });
    }

    private Uni<Upcoming> ask(Bearer bearer) {
        return upcoming.of(bearer).map(meetings -> new Upcoming(meetings, bearer.hasKnownMeetings()));
    }

    Uni<Meeting> read(User user, String id) {
        return found(user, id).flatMap(found -> recalled(user, found.toMeeting()));
    }

    /**
     * Writes the meeting with what was sent in place of its own values.
     *
     * @param precondition throws where this is not the meeting to change
     */
    Uni<Meeting> change(User user, String id, NewMeeting.Request sent, Consumer<Meeting> precondition) {
        return found(user, id)
                .flatMap(found -> recalled(user, found.toMeeting())
                        .invoke(precondition)
                        .map(meeting -> sent.over(meeting, found.wireType(), Instant.now())))
                .flatMap(changed -> write(user, id, changed));
    }

    /** Writes every value, and answers with them: GoTo says nothing. */
    Uni<Meeting> write(User user, String id, NewMeeting values) {
        return goTo.onBehalfOf(user, bearer -> api.update(bearer, id, WireNewMeeting.of(values)))
                .call(() -> known.remember(user, id, values, null, Instant.now()))
                .flatMap(written -> recalled(user, Meeting.written(id, values, null, null)));
    }

    Uni<Void> delete(User user, String id) {
        return goTo.onBehalfOf(user, bearer -> api.delete(bearer, id))
                .replaceWithVoid()
                .call(() -> known.forget(user, id))
                .onFailure(Failure.MeetingNotFound.class)
                .call(() -> known.forget(user, id));
    }

    /** The URL makes whoever opens it the host. */
    Uni<String> hostUrl(User user, String id) {
        return goTo.reading(user, bearer -> api.start(bearer, id)).map(start -> {
            String url = WireText.present(start.hostURL());
            if (url == null) {
                throw new Failure.GoToUnavailable("GoTo answered no host URL.");
            }
            return url;
        });
    }

    private Uni<WireMeeting> found(User user, String id) {
        return goTo.reading(user, bearer -> api.meeting(bearer, id)).map(GoToMeetingApi::only);
    }

    private Uni<Meeting> recalled(User user, Meeting meeting) {
        return known.recall(user, List.of(meeting)).map(meetings -> meetings.get(0));
    }
}
