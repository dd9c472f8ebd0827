package dev.meetgate.meetings;

import dev.meetgate.caller.Caller;
import dev.meetgate.caller.User;
import dev.meetgate.http.Page;
import dev.meetgate.problem.Failure;
import dev.meetgate.vault.Bearer;
import dev.meetgate.vault.GoToCalls;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The meetings of an organizer: one's own, or for administrators anybody's in the account. */
@Singleton
@Authenticated
@Tag(name = "Organization", description = "For administrators: meetings of organizers and groups in their account")
@Path("/v1/users/{user}/organizers/{organizerKey}")
@Produces(MediaType.APPLICATION_JSON)
class OrganizersResource {

    private final Caller caller;
    private final GoToCalls goTo;
    private final GoToOrganizationApi api;
    private final KnownMeetings known;

    OrganizersResource(Caller caller, GoToCalls goTo, GoToOrganizationApi api, KnownMeetings known) {
        this.caller = caller;
        this.goTo = goTo;
        this.api = api;
        this.known = known;
    }

    @GET
    @Path("meetings")
    @Operation(operationId = "listOrganizerMeetings", summary = "List the upcoming meetings of an organizer")
    public Uni<MeetingList> upcoming(@PathParam("user") String userId, @PathParam("organizerKey") String organizerKey) {
        var user = caller.user(userId);
        String organizer = checked(organizerKey);
        return ask(user, bearer -> api.organizersMeetings(bearer, organizer))
                .map(WireMeeting::toMeetings)
                .flatMap(meetings -> known.recall(user, meetings))
                .map(MeetingList::new);
    }

    @GET
    @Path("meetings/history")
    @Operation(
            operationId = "listOrganizerSessions",
            summary = "List the sessions of an organizer that began in a range of time and are over, oldest first")
    public Uni<Page<Session>> history(
            @PathParam("user") String userId,
            @PathParam("organizerKey") String organizerKey,
            @BeanParam RangeQuery query) {
        var user = caller.user(userId);
        String organizer = checked(organizerKey);
        return query.timeline(Instant.now())
                .page((from, to) -> ask(user, bearer -> api.organizersHistory(bearer, organizer, from, to))
                        .map(WireSession::toSessions));
    }

    @GET
    @Path("attendees")
    @Operation(
            operationId = "listOrganizerAttendances",
            summary = "List who came to the sessions of an organizer that began in a range of time, oldest first")
    public Uni<Page<Attendance>> attendees(
            @PathParam("user") String userId,
            @PathParam("organizerKey") String organizerKey,
            @BeanParam RangeQuery query) {
        var user = caller.user(userId);
        String organizer = checked(organizerKey);
        return query.timeline(Instant.now())
                .page((from, to) -> ask(user, bearer -> api.organizersAttendees(bearer, organizer, from, to))
                        .map(WireAttendance::toAttendances));
    }

    private <T> Uni<List<T>> ask(User user, Function<Bearer, Uni<List<T>>> call) {
        return goTo.reading(user, call)
                .onFailure(Failure.MeetingNotFound.class)
                .transform(unknown -> new Failure.UnknownAtGoTo("organizer"));
    }

    private static String checked(String organizerKey) {
        return GoToId.checked("organizerKey", organizerKey);
    }
}
