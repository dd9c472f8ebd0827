package dev.meetgate.meetings;

import dev.meetgate.Failure;
import dev.meetgate.User;
import dev.meetgate.caller.Caller;
import dev.meetgate.meetings.GoToMeetingApi.WireNewMeeting;
import dev.meetgate.vault.GoToCalls;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** A user's meetings. */
@Singleton
@Authenticated
@Tag(name = "Meetings", description = "A user's meetings at GoToMeeting")
@Path("/v1/users/{user}/meetings")
@Produces(MediaType.APPLICATION_JSON)
class MeetingsResource {

    @Schema(description = "Meetings", requiredProperties = "items")
    record MeetingList(@Schema(description = "The meetings") List<Meeting> items) {}

    private final Caller caller;
    private final GoToCalls goTo;
    private final GoToMeetingApi api;

    MeetingsResource(Caller caller, GoToCalls goTo, @RestClient GoToMeetingApi api) {
        this.caller = caller;
        this.goTo = goTo;
        this.api = api;
    }

    @GET
    @Operation(operationId = "listUpcomingMeetings", summary = "List upcoming meetings")
    public Uni<MeetingList> upcoming(@PathParam("user") String user) {
        return goTo.onBehalfOf(caller.user(user), api::upcomingMeetings)
                .map(meetings -> new MeetingList(
                        meetings.stream().map(WireMeeting::toMeeting).toList()));
    }

    @POST
    @APIResponse(
            responseCode = "201",
            description = "The meeting",
            headers = @Header(name = "Location", ref = "Location"),
            content = @Content(schema = @Schema(implementation = Meeting.class)))
    @Operation(operationId = "createMeeting", summary = "Create a meeting")
    public Uni<RestResponse<Meeting>> create(@PathParam("user") String userId, NewMeeting.@Nullable Request body) {
        var user = caller.user(userId);
        NewMeeting wanted = NewMeeting.of(body, Instant.now());
        return goTo.onBehalfOf(user, bearer -> api.create(bearer, WireNewMeeting.of(wanted)))
                .map(created -> only(created).toMeeting(wanted))
                .map(meeting -> RestResponse.ResponseBuilder.<Meeting>created(location(user, meeting))
                        .entity(meeting)
                        .build());
    }

    @GET
    @Path("{meetingId}")
    @Operation(operationId = "getMeeting", summary = "Show a meeting")
    public Uni<Meeting> meeting(@PathParam("user") String user, @PathParam("meetingId") String meetingId) {
        String id = checked(meetingId);
        return goTo.onBehalfOf(caller.user(user), bearer -> api.meeting(bearer, id))
                .map(found -> only(found).toMeeting());
    }

    @DELETE
    @Path("{meetingId}")
    @Operation(operationId = "deleteMeeting", summary = "Delete a meeting")
    public Uni<Void> delete(@PathParam("user") String user, @PathParam("meetingId") String meetingId) {
        String id = checked(meetingId);
        return goTo.onBehalfOf(caller.user(user), bearer -> api.delete(bearer, id))
                .replaceWithVoid();
    }

    /** Relative, because services reach us by other names than browsers do. */
    private static URI location(User user, Meeting meeting) {
        return UriBuilder.fromPath("/v1/users/{user}/meetings/{id}").build(user.id(), meeting.id());
    }

    private static String checked(String meetingId) {
        if (!meetingId.matches("[1-9]\\d{0,17}")) {
            throw new Failure.InvalidRequest("meetingId", "A meeting id is a number of up to 18 digits.");
        }
        return meetingId;
    }

    private static <T> T only(List<T> elements) {
        if (elements.size() != 1) {
            throw new Failure.GoToUnavailable(
                    "GoTo answered %d meetings where one was expected.".formatted(elements.size()));
        }
        return elements.get(0);
    }
}
