package dev.meetgate.sandbox;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;

/** Maps paths to endpoints. */
final class Routes {

    private static final int LARGEST_BODY = 1 << 20;

    private Routes() {}

    static void mount(Router router, World world) {
        router.route().handler(BodyHandler.create(false).setBodyLimit(LARGEST_BODY));
        new Control(world).mount(router);
        var traffic = new Traffic(world);
        mountAuthorizationServer(router, traffic, world);
        mountApi(router, traffic, world);
        router.post("/webhook").handler(traffic.to(Endpoint.WEBHOOK, world.receiver()::receive));
        router.route().handler(traffic.to(Endpoint.OTHER, context -> {
            throw Refusal.api(404, "NOT_FOUND", "GoTo has nothing there");
        }));
    }

    private static void mountAuthorizationServer(Router router, Traffic traffic, World world) {
        var authorization = new AuthorizationEndpoint(world);
        router.get("/oauth/authorize").handler(traffic.to(Endpoint.AUTHORIZE, authorization::authorize));
        router.post("/oauth/decision").handler(traffic.to(Endpoint.OTHER, authorization::decide));
        router.post("/oauth/token").handler(traffic.to(Endpoint.TOKEN, new TokenEndpoint(world)::answer));
        router.post("/oauth/revoke").handler(traffic.to(Endpoint.REVOKE, new RevocationEndpoint(world)::answer));
    }

    private static void mountApi(Router router, Traffic traffic, World world) {
        var identity = new IdentityApi(world);
        router.get("/admin/rest/v1/me").handler(traffic.to(Endpoint.ME, identity::me));
        router.get("/identity/v1/Users/me").handler(traffic.to(Endpoint.ME, identity::scimMe));
        var meetings = new MeetingsApi(world);
        router.get("/G2M/rest/upcomingMeetings").handler(traffic.to(Endpoint.API, meetings::upcoming));
        router.get("/G2M/rest/historicalMeetings").handler(traffic.to(Endpoint.API, meetings::historical));
        router.post("/G2M/rest/meetings").handler(traffic.to(Endpoint.API, meetings::create));
        router.get("/G2M/rest/meetings/:id").handler(traffic.to(Endpoint.API, meetings::read));
        router.put("/G2M/rest/meetings/:id").handler(traffic.to(Endpoint.API, meetings::update));
        router.delete("/G2M/rest/meetings/:id").handler(traffic.to(Endpoint.API, meetings::delete));
        router.get("/G2M/rest/meetings/:id/start").handler(traffic.to(Endpoint.API, meetings::start));
        router.get("/G2M/rest/meetings/:id/attendees").handler(traffic.to(Endpoint.API, meetings::attendees));
        mountOrganization(router, traffic, world);
        router.route("/G2M/rest/*").handler(traffic.to(Endpoint.API, meetings::unsupported));
        router.get("/room/*").handler(traffic.to(Endpoint.OTHER, context -> HtmlPage.EMPTY_ROOM));
    }

    private static void mountOrganization(Router router, Traffic traffic, World world) {
        var organizers = new OrganizersApi(world);
        String organizer = "/G2M/rest/organizers/:organizer";
        router.get(organizer + "/upcomingMeetings").handler(traffic.to(Endpoint.API, organizers::upcoming));
        router.get(organizer + "/historicalMeetings").handler(traffic.to(Endpoint.API, organizers::historical));
        router.get(organizer + "/attendees").handler(traffic.to(Endpoint.API, organizers::attendees));
        String session = organizer + "/sessions/:session";
        router.delete(session).handler(traffic.to(Endpoint.API, organizers.deletion(SessionStore::delete)));
        router.delete(session + "/attendees")
                .handler(traffic.to(Endpoint.API, organizers.deletion(SessionStore::deleteAttendees)));
        router.delete(session + "/recordings")
                .handler(traffic.to(Endpoint.API, organizers.deletion(SessionStore::deleteRecording)));
        var groups = new GroupsApi(world);
        String group = "/G2M/rest/groups/:group";
        router.get(group + "/upcomingMeetings").handler(traffic.to(Endpoint.API, groups::upcoming));
        router.get(group + "/historicalMeetings").handler(traffic.to(Endpoint.API, groups::historical));
        router.get(group + "/attendees").handler(traffic.to(Endpoint.API, groups::attendees));
    }
}
