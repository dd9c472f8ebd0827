package dev.meetgate.sandbox;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.stream.Stream;

/** GoToMeeting's API about groups. Only administrators with the scope {@code identity:} may use it. */
final class GroupsApi {

    private final World world;
    private final ResourceServer resourceServer;

    GroupsApi(World world) {
        this.world = world;
        this.resourceServer = new ResourceServer(world);
    }

    Answer upcoming(RoutingContext context) {
        Group group = group(context);
        Instant now = Instant.now();
        Stream<JsonObject> meetings = group.organizers().stream()
                .flatMap(world.meetings()::of)
                .filter(meeting -> meeting.isUpcoming(now))
                .map(meeting -> world.shapes().upcomingOfGroup(meeting, group));
        return MeetingsApi.list(meetings);
    }

    Answer historical(RoutingContext context) {
        Group group = group(context);
        Period period = Period.read(context.queryParams());
        var shapes = new SessionShapes(world.shapes());
        return MeetingsApi.list(sessions(group, period).map(session -> shapes.historicalOfGroup(session, group)));
    }

    Answer attendees(RoutingContext context) {
        Group group = group(context);
        Period period = Period.readOptional(context.queryParams());
        var shapes = new SessionShapes(world.shapes());
        return MeetingsApi.list(sessions(group, period).flatMap(session -> shapes.attendeesOfGroup(session, group)));
    }

    private Stream<HeldSession> sessions(Group group, Period period) {
        return group.organizers().stream().flatMap(world.sessions()::of).filter(period::hasStartOf);
    }

    private Group group(RoutingContext context) {
        Person asking = resourceServer.admit(context, "identity:");
        boolean known = Long.toString(Group.RESEARCH.key()).equals(context.pathParam("group"));
        if (!asking.isAdministrator() || !known) {
            throw Refusal.api(403, "AccessDenied", "You do not administer this group");
        }
        return Group.RESEARCH;
    }
}
