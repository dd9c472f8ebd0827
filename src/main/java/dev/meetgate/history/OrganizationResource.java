package dev.meetgate.history;

import dev.meetgate.caller.Caller;
import dev.meetgate.caller.User;
import dev.meetgate.gotoapi.GoToCall;
import dev.meetgate.gotoapi.GoToCalls;
import dev.meetgate.gotoapi.GoToId;
import dev.meetgate.gotoapi.WireList;
import dev.meetgate.gotoapi.WireLists;
import dev.meetgate.http.Page;
import dev.meetgate.meetings.NeededRights;
import dev.meetgate.problem.Failure;
import io.quarkus.security.Authenticated;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Past sessions and attendances of an organizer or a group, for administrators. */
@Singleton
@Authenticated
@Extension(name = "x-problems", value = "not-found goto-unavailable")
@Path("/v1/users/{user}")
@Produces(MediaType.APPLICATION_JSON)
class OrganizationResource {

    private final Caller caller;
    private final GoToCalls goTo;
    private final GoToHistoryApi api;
    private final WireLists lists;

    OrganizationResource(Caller caller, GoToCalls goTo, GoToHistoryApi api, WireLists lists) {
        this.caller = caller;
        this.goTo = goTo;
        this.api = api;
        this.lists = lists;
    }

    @GET
    @PermissionsAllowed("meetings:read")
    @SecurityRequirement(name = "apiKey", scopes = "meetings:read")
    @Path("organizers/{organizerKey}/meetings/history")
    @Tag(
            name = "Organization",
            description = "Meetings of the organizers and groups of a GoTo account, for its administrators")
    @Operation(
            operationId = "listOrganizerSessions",
            summary = "List an organizer's past sessions",
            description = "Returns the organizer's sessions that began in the range and have ended, oldest first."
                    + HistoryResource.BY_RANGE + NeededRights.OF_AN_ORGANIZER)
    public Uni<Page<Session>> organizersHistory(
            @PathParam("user") String userId,
            @PathParam("organizerKey") String organizerKey,
            @BeanParam RangeQuery query) {
        var user = caller.user(userId);
        String organizer = GoToId.checked("organizerKey", organizerKey);
        return query.windows(Instant.now())
                .page((from, to) -> ask(user, "organizer", call -> api.organizersHistory(call, organizer, from, to))
                        .map(found -> lists.read(found, WireSession::toSession)));
    }

    @GET
    @PermissionsAllowed("meetings:read")
    @SecurityRequirement(name = "apiKey", scopes = "meetings:read")
    @Path("organizers/{organizerKey}/attendees")
    @Tag(ref = "Organization")
    @Operation(
            operationId = "listOrganizerAttendances",
            summary = "List the attendances of an organizer's sessions",
            description = "Returns who attended the organizer's sessions that began in the range, oldest first."
                    + HistoryResource.BY_RANGE + NeededRights.OF_AN_ORGANIZER)
    public Uni<Page<Attendance>> organizersAttendees(
            @PathParam("user") String userId,
            @PathParam("organizerKey") String organizerKey,
            @BeanParam RangeQuery query) {
        var user = caller.user(userId);
        String organizer = GoToId.checked("organizerKey", organizerKey);
        return query.windows(Instant.now())
                .page((from, to) -> ask(user, "organizer", call -> api.organizersAttendees(call, organizer, from, to))
                        .map(found -> lists.read(found, WireAttendance::inARange)));
    }

    @GET
    @PermissionsAllowed("meetings:read")
    @SecurityRequirement(name = "apiKey", scopes = "meetings:read")
    @Path("groups/{groupKey}/meetings/history")
    @Tag(ref = "Organization")
    @Operation(
            operationId = "listGroupSessions",
            summary = "List a group's past sessions",
            description = "Returns the sessions of the group's organizers that began in the range and have ended,"
                    + " oldest first."
                    + HistoryResource.BY_RANGE + NeededRights.OF_A_GROUP)
    public Uni<Page<Session>> groupsHistory(
            @PathParam("user") String userId, @PathParam("groupKey") String groupKey, @BeanParam RangeQuery query) {
        var user = caller.user(userId);
        String group = GoToId.checked("groupKey", groupKey);
        return query.windows(Instant.now())
                .page((from, to) -> ask(user, "group", call -> api.groupsHistory(call, group, from, to))
                        .map(found -> lists.read(found, WireSession::toSession)));
    }

    @GET
    @PermissionsAllowed("meetings:read")
    @SecurityRequirement(name = "apiKey", scopes = "meetings:read")
    @Path("groups/{groupKey}/attendees")
    @Tag(ref = "Organization")
    @Operation(
            operationId = "listGroupAttendances",
            summary = "List the attendances of a group's sessions",
            description = "Returns who attended the sessions of the group's organizers that began in the range,"
                    + " oldest first."
                    + HistoryResource.BY_RANGE + NeededRights.OF_A_GROUP)
    public Uni<Page<Attendance>> groupsAttendees(
            @PathParam("user") String userId, @PathParam("groupKey") String groupKey, @BeanParam RangeQuery query) {
        var user = caller.user(userId);
        String group = GoToId.checked("groupKey", groupKey);
        return query.windows(Instant.now())
                .page((from, to) -> ask(user, "group", call -> api.groupsAttendees(call, group, from, to))
                        .map(found -> lists.read(found, WireAttendance::inARange)));
    }

    private <T> Uni<WireList<T>> ask(User user, String kind, Function<GoToCall, Uni<WireList<T>>> call) {
        return goTo.call(user, call)
                .onFailure(Failure.MeetingNotFound.class)
                .transform(unknown -> new Failure.UnknownAtGoTo(kind));
    }
}
