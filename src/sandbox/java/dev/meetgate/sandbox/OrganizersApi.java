package dev.meetgate.sandbox;

import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * GoToMeeting's API about organizers. Organizers may ask about themselves, administrators with the scope
 * {@code identity:} about all organizers of their company.
 */
final class OrganizersApi {

    private final World world;
    private final ResourceServer resourceServer;

    OrganizersApi(World world) {
        this.world = world;
        this.resourceServer = new ResourceServer(world);
    }

    Answer upcoming(RoutingContext context) {
        Person organizer = organizer(context);
        Instant now = Instant.now();
        return MeetingsApi.list(world.meetings()
                .of(organizer)
                .filter(meeting -> meeting.isUpcoming(now))
                .map(world.shapes()::upcoming));
    }

    Answer historical(RoutingContext context) {
        Person organizer = organizer(context);
        Period period = Period.read(context.queryParams());
        var shapes = new SessionShapes(world.shapes());
        return MeetingsApi.list(
                world.sessions().of(organizer).filter(period::hasStartOf).map(shapes::historical));
    }

    Answer attendees(RoutingContext context) {
        Person organizer = organizer(context);
        Period period = Period.read(context.queryParams());
        var shapes = new SessionShapes(world.shapes());
        return MeetingsApi.list(
                world.sessions().of(organizer).filter(period::hasStartOf).flatMap(shapes::attendeesOfOrganizer));
    }

    /** An endpoint that deletes a session or a part of one. */
    Function<RoutingContext, Answer> deletion(BiConsumer<SessionStore, HeldSession> deletion) {
        return context -> {
            Person organizer = organizer(context);
            SessionStore sessions = world.sessions();
            deletion.accept(sessions, sessions.find(organizer, context.pathParam("session")));
            return Answer.empty(204);
        };
    }

    private Person organizer(RoutingContext context) {
        Person asking = resourceServer.admit(context, "collab:");
        Person organizer = Person.findByKey(context.pathParam("organizer"));
        if (asking.equals(organizer)) {
            return asking;
        }
        resourceServer.admit(context, "identity:");
        if (!asking.isAdministrator()) {
            throw Refusal.api(403, "AccessDenied", "Only administrators may ask about others");
        }
        if (organizer == null || organizer.accountKey() != asking.accountKey()) {
            throw Refusal.api(404, "NOT_FOUND", "There is no such organizer");
        }
        return organizer;
    }
}
