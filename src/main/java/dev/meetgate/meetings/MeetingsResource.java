package dev.meetgate.meetings;

import dev.meetgate.caller.Caller;
import dev.meetgate.caller.User;
import dev.meetgate.gotoapi.GoToId;
import io.quarkus.security.Authenticated;
import io.quarkus.security.PermissionsAllowed;
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
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

@Singleton
@Authenticated
@Extension(name = "x-problems", value = "meeting-not-found goto-unavailable")
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
    @PermissionsAllowed("meetings:read")
    @SecurityRequirement(name = "apiKey", scopes = "meetings:read")
    @Path("meetings")
    @Tag(name = "Meetings", description = "A user's meetings at GoTo")
    @Operation(
            operationId = "listUpcomingMeetings",
            summary = "List upcoming meetings",
            description = "Returns all upcoming meetings of the user on one page. Costs one request to GoTo.")
    public Uni<MeetingList> upcoming(@PathParam("user") String user) {
        return meetings.upcoming(caller.user(user)).map(MeetingList::new);
    }

    @GET
    @PermissionsAllowed("meetings:read")
    @SecurityRequirement(name = "apiKey", scopes = "meetings:read")
    @Path("organizers/{organizerKey}/meetings")
    @Tag(ref = "Organization")
    @Operation(
            operationId = "listOrganizerMeetings",
            summary = "List an organizer's upcoming meetings",
            description = "Returns all upcoming meetings of the organizer on one page. Costs one request to GoTo."
                    + NeededRights.OF_AN_ORGANIZER)
    @Extension(name = "x-problems", value = "not-found goto-unavailable")
    public Uni<MeetingList> organizersUpcoming(
            @PathParam("user") String user, @PathParam("organizerKey") String organizerKey) {
        return meetings.upcomingOfOrganizer(caller.user(user), GoToId.checked("organizerKey", organizerKey))
                .map(MeetingList::new);
    }

    @GET
    @PermissionsAllowed("meetings:read")
    @SecurityRequirement(name = "apiKey", scopes = "meetings:read")
    @Path("groups/{groupKey}/meetings")
    @Tag(ref = "Organization")
    @Operation(
            operationId = "listGroupMeetings",
            summary = "List a group's upcoming meetings",
            description =
                    "Returns all upcoming meetings of the group's organizers on one page. Costs one request to GoTo."
                            + NeededRights.OF_A_GROUP)
    @Extension(name = "x-problems", value = "not-found goto-unavailable")
    public Uni<MeetingList> groupsUpcoming(@PathParam("user") String user, @PathParam("groupKey") String groupKey) {
        return meetings.upcomingOfGroup(caller.user(user), GoToId.checked("groupKey", groupKey))
                .map(MeetingList::new);
    }

    @POST
    @PermissionsAllowed("meetings:write")
    @SecurityRequirement(name = "apiKey", scopes = "meetings:write")
    @Path("meetings")
    @Tag(ref = "Meetings")
    @Operation(
            operationId = "createMeeting",
            summary = "Create a meeting",
            description = "Creates the meeting at GoTo, with one request. With an `Idempotency-Key`, the call can be"
                    + " sent again until it is answered: the meeting is created once. Without a key, a"
                    + " lost answer is a `goto-unavailable` that is not retryable: check the upcoming"
                    + " meetings before you send the call again.")
    @Extension(
            name = "x-problems",
            value = "meeting-not-found goto-unavailable goto-unavailable-outcome-unknown idempotency-conflict"
                    + " idempotency-conflict-of-bodies")
    // A @HeaderParam would treat an empty header as missing.
    @Parameter(
            name = IdempotencyKey.HEADER,
            in = ParameterIn.HEADER,
            description = "A key that you choose, with or without quotes. For 24 hours, the same key and body return"
                    + " the same meeting",
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
                .map(meeting -> RestResponse.ResponseBuilder.create(Response.Status.CREATED, meeting)
                        .header(HttpHeaders.LOCATION, location(user, meeting))
                        .build());
    }

    /** Relative, and not as a URI, which would be completed with the caller's {@code Host}. */
    private static String location(User user, Meeting meeting) {
        return UriBuilder.fromPath("/v1/users/{user}/meetings/{id}")
                .build(user.id(), meeting.id())
                .toString();
    }
}
