package dev.meetgate.sandbox;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.stream.Stream;

/** GoToMeeting's API about the caller's own meetings. */
final class MeetingsApi {

    private final World world;
    private final ResourceServer resourceServer;

    MeetingsApi(World world) {
        this.world = world;
        this.resourceServer = new ResourceServer(world);
    }

    Answer upcoming(RoutingContext context) {
        Instant now = Instant.now();
        return list(world.meetings()
                .of(organizer(context))
                .filter(meeting -> meeting.isUpcoming(now))
                .map(shapes()::upcoming));
    }

    Answer historical(RoutingContext context) {
        Person organizer = organizer(context);
        Period period = Period.read(context.queryParams());
        return list(world.sessions().of(organizer).filter(period::hasStartOf).map(sessionShapes()::historical));
    }

    Answer create(RoutingContext context) {
        Person organizer = organizer(context);
        if (!organizer.isLicensed()) {
            throw Refusal.api(412, "PreconditionFailed", "This account has no licence for meetings");
        }
        StoredMeeting meeting = world.meetings().add(organizer, request(context));
        return Answer.json(201, JsonArray.of(shapes().created(meeting)));
    }

    Answer read(RoutingContext context) {
        return list(Stream.of(shapes().read(meeting(context))));
    }

    Answer update(RoutingContext context) {
        StoredMeeting meeting = meeting(context);
        world.meetings().replace(new StoredMeeting(meeting.id(), meeting.organizer(), request(context)));
        return Answer.empty(204);
    }

    Answer delete(RoutingContext context) {
        world.meetings().remove(meeting(context));
        return Answer.empty(204);
    }

    /** The host URL contains a secret: it makes its user the host. */
    Answer start(RoutingContext context) {
        String room = shapes().joinUrl(meeting(context));
        String hostUrl = room + "?authenticationToken=" + world.secrets().hostToken();
        return Answer.json(200, new JsonObject().put("hostURL", hostUrl));
    }

    Answer attendees(RoutingContext context) {
        StoredMeeting meeting = meeting(context);
        return list(world.sessions()
                .of(meeting.organizer())
                .filter(session -> session.meeting().id() == meeting.id())
                .flatMap(sessionShapes()::attendees));
    }

    /** Answers the paths of GoTo's API that the sandbox does not have. */
    Answer unsupported(RoutingContext context) {
        organizer(context);
        throw notFound();
    }

    private Person organizer(RoutingContext context) {
        return resourceServer.admit(context, "collab:");
    }

    private StoredMeeting meeting(RoutingContext context) {
        StoredMeeting meeting = world.meetings().find(organizer(context), context.pathParam("id"));
        if (meeting == null) {
            throw notFound();
        }
        return meeting;
    }

    private static MeetingRequest request(RoutingContext context) {
        if (!"application/json".equals(context.parsedHeaders().contentType().value())) {
            throw Refusal.api(415, "UnsupportedMediaType", "A meeting is sent as JSON");
        }
        return MeetingRequest.read(StrictJson.body(context), Instant.now());
    }

    private MeetingShapes shapes() {
        return world.shapes();
    }

    private SessionShapes sessionShapes() {
        return new SessionShapes(shapes());
    }

    static Answer list(Stream<JsonObject> items) {
        return Answer.json(200, new JsonArray(items.toList()));
    }

    private static Refusal notFound() {
        return Refusal.api(404, "NOT_FOUND", "There is no such meeting");
    }
}
