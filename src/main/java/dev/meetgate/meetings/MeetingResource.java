package dev.meetgate.meetings;

import dev.meetgate.caller.Caller;
import dev.meetgate.caller.User;
import dev.meetgate.gotoapi.GoToId;
import io.quarkus.security.Authenticated;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

@Singleton
@Authenticated
@Tag(ref = "Meetings")
@Extension(name = "x-problems", value = "meeting-not-found goto-unavailable")
@Path("/v1/users/{user}")
@Produces(MediaType.APPLICATION_JSON)
class MeetingResource {

    /** Prints no URL, because it is a credential. */
    @Schema(description = "The host URL of a meeting, which is a credential", requiredProperties = "hostUrl")
    record HostUrl(
            @Schema(
                    description = "URL that makes its visitor the host of the meeting",
                    examples = "https://meet.goto.com/start/example")
            String hostUrl) {

        @Override
        public String toString() {
            return "HostUrl[***]";
        }
    }

    /** A meeting that is running may be replaced with its start in the past. */
    private static final Duration LONGEST_MEETING = Duration.ofDays(1);

    private final Caller caller;
    private final Meetings meetings;
    private final ETags etags;

    MeetingResource(Caller caller, Meetings meetings, ETags etags) {
        this.caller = caller;
        this.meetings = meetings;
        this.etags = etags;
    }

    @GET
    @PermissionsAllowed("meetings:read")
    @SecurityRequirement(name = "apiKey", scopes = "meetings:read")
    @Path("meetings/{meetingId}")
    @Operation(
            operationId = "getMeeting",
            summary = "Show a meeting",
            description = "Reads the meeting at GoTo, with one request. The `ETag` of the answer makes a later change"
                    + " conditional; with `If-None-Match`, an unchanged meeting answers 304.")
    @Parameter(name = HttpHeaders.IF_NONE_MATCH, in = ParameterIn.HEADER)
    @Parameter(name = HttpHeaders.IF_MATCH, in = ParameterIn.HEADER)
    @APIResponseSchema(value = Meeting.class, responseDescription = "The meeting")
    @APIResponse(responseCode = "304", description = "The meeting is in the state that you have")
    public Uni<RestResponse<Meeting>> meeting(
            @PathParam("user") String user, @PathParam("meetingId") String meetingId, @Context Request request) {
        return meetings.read(caller.user(user), id(meetingId)).map(meeting -> etags.answer(request, meeting));
    }

    @PUT
    @PermissionsAllowed("meetings:write")
    @SecurityRequirement(name = "apiKey", scopes = "meetings:write")
    @Path("meetings/{meetingId}")
    @Operation(
            operationId = "replaceMeeting",
            summary = "Replace a meeting",
            description = "Writes all values: a member that is left out gets the default of a new meeting. The answer"
                    + " contains the written values only; read the meeting for the others. Costs one"
                    + " request to GoTo, and a second one with `If-Match`.")
    @Parameter(name = HttpHeaders.IF_MATCH, in = ParameterIn.HEADER)
    public Uni<Meeting> replace(
            @PathParam("user") String userId,
            @PathParam("meetingId") String meetingId,
            @Context Request request,
            NewMeeting.@Nullable Request body) {
        var user = caller.user(userId);
        String id = id(meetingId);
        Instant now = Instant.now();
        NewMeeting wanted = NewMeeting.of(body, now).beginningAfter(now.minus(LONGEST_MEETING));
        return unchanged(request, user, id).flatMap(checked -> meetings.write(user, id, wanted));
    }

    @PATCH
    @PermissionsAllowed("meetings:write")
    @SecurityRequirement(name = "apiKey", scopes = "meetings:write")
    @Path("meetings/{meetingId}")
    @Operation(
            operationId = "changeMeeting",
            summary = "Change some values of a meeting",
            description = "Reads the meeting and writes it back with the members that are sent, which costs two"
                    + " requests to GoTo. A change by somebody else between the two is overwritten. A"
                    + " start or end that GoTo does not show must be sent. GoTo does not tell the audio"
                    + " of a meeting that was not created with MeetGate: without `audio`, it becomes"
                    + " `HYBRID` for a meeting with phone numbers, else `VOIP`.")
    @Parameter(name = HttpHeaders.IF_MATCH, in = ParameterIn.HEADER)
    public Uni<Meeting> change(
            @PathParam("user") String userId,
            @PathParam("meetingId") String meetingId,
            @Context Request request,
            NewMeeting.@Nullable Request body) {
        var user = caller.user(userId);
        String id = id(meetingId);
        NewMeeting.Request change = NewMeeting.sent(body);
        return meetings.change(user, id, change, meeting -> etags.require(request, meeting));
    }

    @DELETE
    @PermissionsAllowed("meetings:write")
    @SecurityRequirement(name = "apiKey", scopes = "meetings:write")
    @Path("meetings/{meetingId}")
    @Operation(
            operationId = "deleteMeeting",
            summary = "Delete a meeting",
            description = "Deletes the meeting at GoTo. Costs one request to GoTo, and a second one with `If-Match`."
                    + " A meeting that GoTo does not know answers 404.")
    @Parameter(name = HttpHeaders.IF_MATCH, in = ParameterIn.HEADER)
    public Uni<Void> delete(
            @PathParam("user") String userId, @PathParam("meetingId") String meetingId, @Context Request request) {
        var user = caller.user(userId);
        String id = id(meetingId);
        return unchanged(request, user, id).flatMap(checked -> meetings.delete(user, id));
    }

    @POST
    @PermissionsAllowed("meetings:write")
    @SecurityRequirement(name = "apiKey", scopes = "meetings:write")
    @Path("meetings/{meetingId}/start")
    @Operation(
            operationId = "startMeeting",
            summary = "Get the host URL of a meeting",
            description = "Asks GoTo for a URL that starts the meeting. Everyone who opens it is the host, without"
                    + " signing in: handle it as a secret. MeetGate does not store it. Costs one request"
                    + " to GoTo.")
    public Uni<HostUrl> start(@PathParam("user") String user, @PathParam("meetingId") String meetingId) {
        return meetings.hostUrl(caller.user(user), id(meetingId)).map(HostUrl::new);
    }

    private Uni<Void> unchanged(Request request, User user, String id) {
        return ETags.isConditional(request)
                ? meetings.read(user, id)
                        .invoke(meeting -> etags.require(request, meeting))
                        .replaceWithVoid()
                : Uni.createFrom().voidItem();
    }

    private static String id(String meetingId) {
        return GoToId.checked("meetingId", meetingId);
    }
}
