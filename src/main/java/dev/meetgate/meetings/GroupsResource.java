package dev.meetgate.meetings;

import dev.meetgate.caller.Caller;
import dev.meetgate.caller.User;
import dev.meetgate.http.Page;
import dev.meetgate.problem.Failure;
import dev.meetgate.vault.Bearer;
import dev.meetgate.vault.GoToCalls;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The meetings of all organizers of a group, for its administrators. GoTo takes groups of at most 50 organizers. */
@Singleton
@Authenticated
@Tag(ref = "Organization")
@Path("/v1/users/{user}/groups/{groupKey}")
@Produces(MediaType.APPLICATION_JSON)
class GroupsResource {

    private final Caller caller;
    private final GoToCalls goTo;
    private final GoToOrganizationApi api;
    private final KnownMeetings known;

    GroupsResource(Caller caller, GoToCalls goTo, GoToOrganizationApi api, KnownMeetings known) {
        this.caller = caller;
        this.goTo = goTo;
        this.api = api;
        this.known = known;
    }

    @GET
    @Path("meetings")
    @Operation(operationId = "listGroupMeetings", summary = "List the upcoming meetings of a group")
    public Uni<MeetingList> upcoming(@PathParam("user") String userId, @PathParam("groupKey") String groupKey) {
        var user = caller.user(userId);
        String group = checked(groupKey);
        return ask(user, bearer -> api.groupsMeetings(bearer, group))
                .map(WireMeeting::toMeetings)
                .flatMap(meetings -> known.recall(user, meetings))
                .map(MeetingList::new);
    }

    @GET
    @Path("meetings/history")
    @Operation(
            operationId = "listGroupSessions",
            summary = "List the sessions of a group that began in a range of time and are over, oldest first")
    public Uni<Page<Session>> history(
            @PathParam("user") String userId, @PathParam("groupKey") String groupKey, @BeanParam RangeQuery query) {
        var user = caller.user(userId);
        String group = checked(groupKey);
        return query.timeline(Instant.now())
                .page((from, to) -> ask(user, bearer -> api.groupsHistory(bearer, group, from, to))
                        .map(WireSession::toSessions));
    }

    @GET
    @Path("attendees")
    @Operation(
            operationId = "listGroupAttendances",
            summary = "List who came to the sessions of a group that began in a range of time, oldest first")
    public Uni<Page<Attendance>> attendees(
            @PathParam("user") String userId, @PathParam("groupKey") String groupKey, @BeanParam RangeQuery query) {
        var user = caller.user(userId);
        String group = checked(groupKey);
        return query.timeline(Instant.now())
                .page((from, to) -> ask(user, bearer -> api.groupsAttendees(bearer, group, from, to))
                        .map(WireAttendance::toAttendances));
    }

    private <T> Uni<List<T>> ask(User user, Function<Bearer, Uni<List<T>>> call) {
        return goTo.reading(user, call)
                .onFailure(Failure.MeetingNotFound.class)
                .transform(unknown -> new Failure.UnknownAtGoTo("group"));
    }

    private static String checked(String groupKey) {
        return GoToId.checked("groupKey", groupKey);
    }
}
