package dev.meetgate.meetings;

import dev.meetgate.caller.Caller;
import dev.meetgate.caller.User;
import dev.meetgate.gotoapi.GoToId;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** A user's meetings. */
@Singleton
@Authenticated
@Path("/v1/users/{user}")
@Produces(MediaType.APPLICATION_JSON)
class MeetingsResource {

    private final Caller caller;
    private final Meetings meetings;
    private final IdempotentCreation creation;

    MeetingsResource(Caller caller, Meetings meetings, IdempotentCreation creation) {
        this.caller = caller;
        this.meetings = meetings;
        this.creation = creation;
    }

    @GET
    @Path("meetings")
    @Tag(name = "Meetings", description = "A user's meetings at GoToMeeting")
    @Operation(operationId = "listUpcomingMeetings", summary = "List upcoming meetings")
    public Uni<MeetingList> upcoming(@PathParam("user") String user) {
        return meetings.upcoming(caller.user(user)).map(MeetingList::new);
    }

    @GET
    @Path("organizers/{organizerKey}/meetings")
    @Tag(ref = "Organization")
    @Operation(operationId = "listOrganizerMeetings", summary = "List the upcoming meetings of an organizer")
    public Uni<MeetingList> organizersUpcoming(
            @PathParam("user") String user, @PathParam("organizerKey") String organizerKey) {
        return meetings.upcomingOfOrganizer(caller.user(user), GoToId.checked("organizerKey", organizerKey))
                .map(MeetingList::new);
    }

    @GET
    @Path("groups/{groupKey}/meetings")
    @Tag(ref = "Organization")
    @Operation(operationId = "listGroupMeetings", summary = "List the upcoming meetings of a group")
    public Uni<MeetingList> groupsUpcoming(@PathParam("user") String user, @PathParam("groupKey") String groupKey) {
        return meetings.upcomingOfGroup(caller.user(user), GoToId.checked("groupKey", groupKey))
                .map(MeetingList::new);
    }

    @POST
    @Path("meetings")
    @Tag(ref = "Meetings")
    @Operation(
            operationId = "createMeeting",
            summary = "Create a meeting",
            description =
                    "With an `Idempotency-Key` it may be sent again until it is answered; without one, look before you do.")
    // Not a @HeaderParam, which takes an empty header for none.
    @Parameter(
            name = IdempotencyKey.HEADER,
            in = ParameterIn.HEADER,
            description =
                    "A key of yours, as a string in quotes or without: for a day, the same key and body get the same meeting",
            schema = @Schema(type = SchemaType.STRING, minLength = 1),
            example = "\"8e03978e-40d5-43dd-bc93-6894a57f9324\"")
    @APIResponse(
            responseCode = "201",
            description = "The meeting",
            headers = @Header(name = "Location", ref = "Location"),
            content = @Content(schema = @Schema(implementation = Meeting.class)))
    public Uni<RestResponse<Meeting>> create(
            @PathParam("user") String userId, @Context HttpHeaders headers, NewMeeting.@Nullable Request body) {
        var user = caller.user(userId);
        NewMeeting wanted = NewMeeting.of(body, Instant.now());
        return creation.of(user, IdempotencyKey.of(headers.getHeaderString(IdempotencyKey.HEADER)), wanted)
                .map(meeting -> RestResponse.ResponseBuilder.<Meeting>created(location(user, meeting))
                        .entity(meeting)
                        .build());
    }

    /** Relative, because services reach us by other names than browsers do. */
    private static URI location(User user, Meeting meeting) {
        return UriBuilder.fromPath("/v1/users/{user}/meetings/{id}").build(user.id(), meeting.id());
    }
}
