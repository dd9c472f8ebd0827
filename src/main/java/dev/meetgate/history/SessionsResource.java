package dev.meetgate.history;

import dev.meetgate.account.Accounts;
import dev.meetgate.audit.Action;
import dev.meetgate.caller.Caller;
import dev.meetgate.caller.User;
import dev.meetgate.gotoapi.GoToCalls;
import dev.meetgate.gotoapi.GoToChange;
import dev.meetgate.gotoapi.GoToId;
import dev.meetgate.problem.Failure;
import io.quarkus.security.Authenticated;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Deletes past sessions at GoTo: the user's own or, for administrators, another organizer's. */
@Singleton
@Authenticated
@Tag(ref = "History")
@Extension(name = "x-problems", value = "not-found goto-unavailable")
@Path("/v1/users/{user}/sessions/{sessionId}")
class SessionsResource {

    private static final String FOR_GOOD =
            "Deletes the data at GoTo for good; the meeting itself stays. Costs one request to GoTo. An"
                    + " administrator can delete the data of another `organizer`.";

    @FunctionalInterface
    private interface Deletion {
        Uni<Response> of(GoToChange change, String organizerKey, String sessionId);
    }

    private final Caller caller;
    private final Accounts accounts;
    private final GoToCalls goTo;
    private final GoToHistoryApi api;

    SessionsResource(Caller caller, Accounts accounts, GoToCalls goTo, GoToHistoryApi api) {
        this.caller = caller;
        this.accounts = accounts;
        this.goTo = goTo;
        this.api = api;
    }

    @DELETE
    @PermissionsAllowed("meetings:write")
    @SecurityRequirement(name = "apiKey", scopes = "meetings:write")
    @Operation(
            operationId = "deleteSession",
            summary = "Delete a session with its attendees and recordings",
            description = FOR_GOOD)
    public Uni<Void> session(
            @PathParam("user") String user,
            @PathParam("sessionId") String sessionId,
            @QueryParam("organizer") @Nullable String organizer) {
        return delete(user, sessionId, organizer, Action.SESSION_DELETE, api::deleteSession);
    }

    @DELETE
    @PermissionsAllowed("meetings:write")
    @SecurityRequirement(name = "apiKey", scopes = "meetings:write")
    @Path("attendees")
    @Operation(
            operationId = "deleteSessionAttendees",
            summary = "Delete the attendees of a session",
            description = FOR_GOOD)
    public Uni<Void> attendees(
            @PathParam("user") String user,
            @PathParam("sessionId") String sessionId,
            @QueryParam("organizer") @Nullable String organizer) {
        return delete(user, sessionId, organizer, Action.SESSION_ATTENDEES_DELETE, api::deleteAttendees);
    }

    @DELETE
    @PermissionsAllowed("meetings:write")
    @SecurityRequirement(name = "apiKey", scopes = "meetings:write")
    @Path("recordings")
    @Operation(
            operationId = "deleteSessionRecordings",
            summary = "Delete the recordings of a session",
            description = FOR_GOOD)
    public Uni<Void> recordings(
            @PathParam("user") String user,
            @PathParam("sessionId") String sessionId,
            @QueryParam("organizer") @Nullable String organizer) {
        return delete(user, sessionId, organizer, Action.SESSION_RECORDINGS_DELETE, api::deleteRecordings);
    }

    private Uni<Void> delete(
            String userId, String sessionId, @Nullable String organizer, Action action, Deletion deletion) {
        var user = caller.user(userId);
        String session = GoToId.checked("sessionId", sessionId);
        return organizerKey(user, organizer)
                .flatMap(key -> goTo.change(user, action, session, change -> deletion.of(change, key, session)
                        .onFailure(Failure.MeetingNotFound.class)
                        .transform(unknown -> new Failure.UnknownAtGoTo("session of the organizer"))))
                .replaceWithVoid();
    }

    private Uni<String> organizerKey(User user, @Nullable String organizer) {
        return organizer == null
                ? accounts.organizerKey(user).map(SessionsResource::known)
                : Uni.createFrom().item(GoToId.checked("organizer", organizer));
    }

    private static String known(@Nullable String key) {
        if (key == null) {
            throw new Failure.InvalidRequest(
                    "organizer", "GoTo did not tell the organizer key of this user. Send it as organizer.");
        }
        return key;
    }
}
