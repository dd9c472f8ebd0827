package dev.meetgate.meetings;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.meetgate.vault.Bearer;
import io.quarkus.rest.client.reactive.NotBody;
import io.quarkus.rest.client.reactive.jackson.ClientObjectMapper;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** The part of GoToMeeting's REST API that is about organizers and groups; those that GoTo has deprecated are left out. */
@Path("/G2M/rest")
interface GoToOrganizationApi {

    @GET
    @Path("/organizers/{organizerKey}/upcomingMeetings")
    Uni<List<WireMeeting>> organizersMeetings(@NotBody Bearer bearer, @PathParam("organizerKey") String organizerKey);

    @GET
    @Path("/organizers/{organizerKey}/historicalMeetings")
    Uni<List<WireSession>> organizersHistory(
            @NotBody Bearer bearer,
            @PathParam("organizerKey") String organizerKey,
            @QueryParam("startDate") String startDate,
            @QueryParam("endDate") String endDate);

    @GET
    @Path("/organizers/{organizerKey}/attendees")
    Uni<List<WireAttendance>> organizersAttendees(
            @NotBody Bearer bearer,
            @PathParam("organizerKey") String organizerKey,
            @QueryParam("startDate") String startDate,
            @QueryParam("endDate") String endDate);

    @DELETE
    @Path("/organizers/{organizerKey}/sessions/{sessionId}")
    Uni<Response> deleteSession(
            @NotBody Bearer bearer,
            @PathParam("organizerKey") String organizerKey,
            @PathParam("sessionId") String sessionId);

    @DELETE
    @Path("/organizers/{organizerKey}/sessions/{sessionId}/attendees")
    Uni<Response> deleteAttendees(
            @NotBody Bearer bearer,
            @PathParam("organizerKey") String organizerKey,
            @PathParam("sessionId") String sessionId);

    @DELETE
    @Path("/organizers/{organizerKey}/sessions/{sessionId}/recordings")
    Uni<Response> deleteRecordings(
            @NotBody Bearer bearer,
            @PathParam("organizerKey") String organizerKey,
            @PathParam("sessionId") String sessionId);

    @GET
    @Path("/groups/{groupKey}/upcomingMeetings")
    Uni<List<WireMeeting>> groupsMeetings(@NotBody Bearer bearer, @PathParam("groupKey") String groupKey);

    @GET
    @Path("/groups/{groupKey}/historicalMeetings")
    Uni<List<WireSession>> groupsHistory(
            @NotBody Bearer bearer,
            @PathParam("groupKey") String groupKey,
            @QueryParam("startDate") String startDate,
            @QueryParam("endDate") String endDate);

    @GET
    @Path("/groups/{groupKey}/attendees")
    Uni<List<WireAttendance>> groupsAttendees(
            @NotBody Bearer bearer,
            @PathParam("groupKey") String groupKey,
            @QueryParam("startDate") String startDate,
            @QueryParam("endDate") String endDate);

    @ClientObjectMapper
    static ObjectMapper wire(ObjectMapper ours) {
        return GoToMeetingApi.wire(ours);
    }
}
