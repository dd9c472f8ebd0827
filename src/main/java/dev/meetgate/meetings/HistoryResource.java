package dev.meetgate.meetings;

import dev.meetgate.caller.Caller;
import dev.meetgate.http.Page;
import dev.meetgate.http.PageLimit;
import dev.meetgate.vault.GoToCalls;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What became of a user's meetings: when they were held, and who came. */
@Singleton
@Authenticated
@Tag(name = "History", description = "What became of meetings: when they were held, and who came")
@Path("/v1/users/{user}/meetings")
@Produces(MediaType.APPLICATION_JSON)
class HistoryResource {

    private final Caller caller;
    private final GoToCalls goTo;
    private final GoToMeetingApi api;

    HistoryResource(Caller caller, GoToCalls goTo, GoToMeetingApi api) {
        this.caller = caller;
        this.goTo = goTo;
        this.api = api;
    }

    @GET
    @Path("history")
    @Operation(
            operationId = "listSessions",
            summary = "List the sessions that began in a range of time and are over, oldest first",
            description =
                    "GoTo is asked for 31 days after the other. A page may be shorter than its limit, even empty, and not the"
                            + " last: there is more as long as there is a nextCursor.")
    public Uni<Page<Session>> history(@PathParam("user") String userId, @BeanParam RangeQuery query) {
        var user = caller.user(userId);
        return query.timeline(Instant.now())
                .page((from, to) -> goTo.reading(user, bearer -> api.historicalMeetings(bearer, from, to))
                        .map(WireSession::toSessions));
    }

    @GET
    @Path("{meetingId}/attendees")
    @Operation(
            operationId = "listAttendances",
            summary = "List who came to a meeting, to all of its past sessions or to one of them")
    public Uni<Page<Attendance>> attendees(
            @PathParam("user") String userId,
            @PathParam("meetingId") String meetingId,
            @QueryParam("session") @Nullable String session,
            @QueryParam("limit") @DefaultValue(PageLimit.DEFAULT) String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        var user = caller.user(userId);
        String id = GoToId.checked("meetingId", meetingId);
        String only = session == null ? null : GoToId.checked("session", session);
        Position from = cursor == null ? Position.START : Position.of(cursor);
        int size = PageLimit.of(limit);
        return goTo.reading(user, bearer -> api.attendees(bearer, id))
                .map(WireAttendance::toAttendances)
                .map(all -> Slice.of(of(only, all), from, size).toPage());
    }

    private static List<Attendance> of(@Nullable String session, List<Attendance> all) {
        return session == null
                ? all
                : all.stream()
                        .filter(attendance -> session.equals(attendance.sessionId()))
                        .toList();
    }
}
