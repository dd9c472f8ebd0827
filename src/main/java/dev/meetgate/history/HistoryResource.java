package dev.meetgate.history;

import dev.meetgate.caller.Caller;
import dev.meetgate.gotoapi.GoToCalls;
import dev.meetgate.gotoapi.GoToClients;
import dev.meetgate.gotoapi.GoToId;
import dev.meetgate.gotoapi.WireLists;
import dev.meetgate.http.Page;
import dev.meetgate.http.PageLimit;
import io.quarkus.security.Authenticated;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Past sessions and attendances of a user. */
@Singleton
@Authenticated
@Path("/v1/users/{user}")
@jakarta.ws.rs.Produces(MediaType.APPLICATION_JSON)
class HistoryResource {

    static final String BY_RANGE =
            " GoTo is asked for the range in windows of 31 days, with one request each; a page can therefore"
                    + " have fewer items than `limit`, or none. There are more pages as long as there is a"
                    + " `nextCursor`.";

    private final Caller caller;
    private final GoToCalls goTo;
    private final GoToHistoryApi api;
    private final WireLists lists;

    HistoryResource(Caller caller, GoToCalls goTo, GoToHistoryApi api, WireLists lists) {
        this.caller = caller;
        this.goTo = goTo;
        this.api = api;
        this.lists = lists;
    }

    @Produces
    @Singleton
    static GoToHistoryApi api(GoToClients clients) {
        return clients.of(GoToHistoryApi.class);
    }

    @GET
    @PermissionsAllowed("meetings:read")
    @SecurityRequirement(name = "apiKey", scopes = "meetings:read")
    @Path("meetings/history")
    @Tag(name = "History", description = "Past sessions of meetings, their attendees and recordings")
    @Operation(
            operationId = "listSessions",
            summary = "List past sessions",
            description =
                    "Returns the user's sessions that began in the range and have ended, oldest first." + BY_RANGE)
    @Extension(name = "x-problems", value = "meeting-not-found goto-unavailable")
    public Uni<Page<Session>> history(@PathParam("user") String userId, @BeanParam RangeQuery query) {
        var user = caller.user(userId);
        return query.windows(Instant.now()).page((from, to) -> goTo.call(user, call -> api.history(call, from, to))
                .map(found -> lists.read(found, WireSession::toSession)));
    }

    @GET
    @PermissionsAllowed("meetings:read")
    @SecurityRequirement(name = "apiKey", scopes = "meetings:read")
    @Path("meetings/{meetingId}/attendees")
    @Tag(ref = "History")
    @Operation(
            operationId = "listAttendances",
            summary = "List the attendances of a meeting",
            description = "Returns who attended the past sessions of the meeting, oldest first. `session` limits the"
                    + " list to one session. Each page costs one request to GoTo.")
    @Extension(name = "x-problems", value = "meeting-not-found goto-unavailable")
    public Uni<Page<Attendance>> attendees(
            @PathParam("user") String userId,
            @PathParam("meetingId") String meetingId,
            @QueryParam("session") @Nullable String session,
            @QueryParam("limit") @DefaultValue(PageLimit.DEFAULT) String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        var user = caller.user(userId);
        String id = GoToId.checked("meetingId", meetingId);
        String sessionId = session == null ? null : GoToId.checked("session", session);
        Position from = cursor == null || cursor.isEmpty() ? Position.START : Position.of(cursor);
        int size = PageLimit.of(limit);
        return goTo.call(user, call -> api.attendees(call, id))
                .map(found -> lists.read(found, WireAttendance::toAttendance))
                .map(all -> Slice.of(ofSession(sessionId, all), from, size).toPage());
    }

    private static List<Attendance> ofSession(@Nullable String sessionId, List<Attendance> all) {
        return sessionId == null
                ? all
                : all.stream()
                        .filter(attendance -> sessionId.equals(attendance.sessionId()))
                        .toList();
    }
}
