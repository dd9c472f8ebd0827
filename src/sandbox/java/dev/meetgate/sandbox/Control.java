package dev.meetgate.sandbox;

import io.vertx.core.Handler;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The HTTP API under {@code /control} that changes the sandbox and shows its log. It needs no credential. */
final class Control {

    private static final Map<String, Endpoint> ENDPOINTS =
            Stream.of(Endpoint.values()).collect(Collectors.toMap(Endpoint::toString, Function.identity()));

    private final World world;

    Control(World world) {
        this.world = world;
    }

    void mount(Router router) {
        router.get("/control/behaviour")
                .handler(show(context -> world.behaviour().json()));
        router.patch("/control/behaviour").handler(show(this::change));
        router.post("/control/faults").handler(perform(body -> world.faults().add(Fault.of(body))));
        router.delete("/control/faults").handler(perform(this::mend));
        router.post("/control/redirect-uris").handler(perform(body -> world.register(text(body, "add"))));
        router.post("/control/expire").handler(perform(body -> world.grants().expireAccessTokens(chosen(body))));
        router.post("/control/revoke").handler(perform(body -> world.grants().revoke(chosen(body))));
        router.post("/control/sessions")
                .handler(perform(body -> SessionSeed.of(body).sessions().forEach(world.sessions()::seed)));
        router.post("/control/reset").handler(perform(body -> world.reset()));
        router.get("/control/log").handler(show(this::log));
        router.get("/control/grants").handler(show(context -> new JsonObject()
                .put("grants", world.grants().json())));
        router.get("/control/events").handler(show(context -> new JsonObject()
                .put("fails", world.faults().awaits(Endpoint.WEBHOOK))
                .put("outage", world.faults().awaits(Endpoint.API))
                .put("events", world.receiver().json())));
        router.get("/control/secrets").handler(show(context -> world.secrets().json()));
    }

    private JsonObject change(RoutingContext context) {
        world.change(StrictJson.body(context));
        return world.behaviour().json();
    }

    /** Clears the faults of the endpoint in the body, or all faults. */
    private void mend(JsonObject body) {
        if (!body.containsKey("endpoint")) {
            world.faults().clear();
        } else {
            world.faults().clear(endpoint(text(body, "endpoint")));
        }
    }

    private static Handler<RoutingContext> perform(Consumer<JsonObject> action) {
        return context -> Answer.of(
                        request -> {
                            action.accept(StrictJson.body(request));
                            return Answer.empty(204);
                        },
                        context)
                .send(context.response());
    }

    private static Handler<RoutingContext> show(Function<RoutingContext, Object> content) {
        return context -> Answer.of(request -> Answer.json(200, content.apply(request)), context)
                .send(context.response());
    }

    private JsonObject log(RoutingContext context) {
        String name = context.queryParams().get("endpoint");
        return world.log()
                .json(name == null ? null : endpoint(name))
                .put("reuses", world.grants().reuses());
    }

    private static Endpoint endpoint(String name) {
        Endpoint endpoint = ENDPOINTS.get(name);
        if (endpoint == null) {
            throw Refusal.invalid("there is no such endpoint: " + name);
        }
        return endpoint;
    }

    /** The grants of the account in the body, or all grants. */
    private static Predicate<Grant> chosen(JsonObject body) {
        if (!body.containsKey("account")) {
            return grant -> true;
        }
        Person account = Person.findByEmail(text(body, "account"));
        if (account == null) {
            throw Refusal.invalid("there is no such account");
        }
        return grant -> grant.account().equals(account);
    }

    private static String text(JsonObject body, String name) {
        if (body.getValue(name) instanceof String text) {
            return text;
        }
        throw Refusal.invalid(name + " is missing");
    }
}
