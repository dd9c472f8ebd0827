package dev.meetgate.history;

import dev.meetgate.gotoapi.GoToCall;
import dev.meetgate.gotoapi.GoToChange;
import dev.meetgate.gotoapi.WireList;
import io.quarkus.rest.client.reactive.NotBody;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;

/** GoToMeeting's API for past sessions, without the deprecated calls. */
@Path("/G2M/rest")
interface GoToHistoryApi {

    @GET
    @Path("/historicalMeetings")
    Uni<WireList<WireSession>> history(
            @NotBody GoToCall call, @QueryParam("startDate") String startDate, @QueryParam("endDate") String endDate);

    @GET
    @Path("/meetings/{meetingId}/attendees")
    Uni<WireList<WireAttendance>> attendees(@NotBody GoToCall call, @PathParam("meetingId") String meetingId);

    @GET
    @Path("/organizers/{organizerKey}/historicalMeetings")
    Uni<WireList<WireSession>> organizersHistory(
            @NotBody GoToCall call,
            @PathParam("organizerKey") String organizerKey,
            @QueryParam("startDate") String startDate,
            @QueryParam("endDate") String endDate);

    @GET
    @Path("/organizers/{organizerKey}/attendees")
    Uni<WireList<WireAttendance>> organizersAttendees(
            @NotBody GoToCall call,
            @PathParam("organizerKey") String organizerKey,
            @QueryParam("startDate") String startDate,
            @QueryParam("endDate") String endDate);

    @DELETE
    @Path("/organizers/{organizerKey}/sessions/{sessionId}")
    Uni<Response> deleteSession(
            @NotBody GoToChange change,
            @PathParam("organizerKey") String organizerKey,
            @PathParam("sessionId") String sessionId);

    @DELETE
    @Path("/organizers/{organizerKey}/sessions/{sessionId}/attendees")
    Uni<Response> deleteAttendees(
            @NotBody GoToChange change,
            @PathParam("organizerKey") String organizerKey,
            @PathParam("sessionId") String sessionId);

    @DELETE
    @Path("/organizers/{organizerKey}/sessions/{sessionId}/recordings")
    Uni<Response> deleteRecordings(
            @NotBody GoToChange change,
            @PathParam("organizerKey") String organizerKey,
            @PathParam("sessionId") String sessionId);

    @GET
    @Path("/groups/{groupKey}/historicalMeetings")
    Uni<WireList<WireSession>> groupsHistory(
            @NotBody GoToCall call,
            @PathParam("groupKey") String groupKey,
            @QueryParam("startDate") String startDate,
            @QueryParam("endDate") String endDate);

    @GET
    @Path("/groups/{groupKey}/attendees")
    Uni<WireList<WireAttendance>> groupsAttendees(
            @NotBody GoToCall call,
            @PathParam("groupKey") String groupKey,
            @QueryParam("startDate") String startDate,
            @QueryParam("endDate") String endDate);
}
