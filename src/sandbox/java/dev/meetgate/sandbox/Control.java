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

/** Steers the sandbox and tells what it has seen. Whoever is on this machine may: there is nothing here to protect. */
final class Control {

    private static final Map<String, Endpoint> ENDPOINTS =
            Stream.of(Endpoint.values()).collect(Collectors.toMap(Endpoint::toString, Function.identity()));

    private final World world;

    Control(World world) {
        this.world = world;
    }

    void mount(Router router) {
        router.get("/control/behaviour")
                .handler(tell(context -> world.behaviour().json()));
        router.patch("/control/behaviour").handler(tell(this::changed));
        router.post("/control/faults").handler(act(body -> world.faults().add(Fault.of(body))));
        router.delete("/control/faults").handler(act(body -> world.faults().clear()));
        router.post("/control/redirect-uris").handler(act(body -> world.register(text(body, "add"))));
        router.post("/control/expire").handler(act(body -> world.grants().expireAccessTokens(chosen(body))));
        router.post("/control/revoke").handler(act(body -> world.grants().revoke(chosen(body))));
        router.post("/control/sessions")
                .handler(act(body -> SessionSeed.of(body).sessions().forEach(world.sessions()::seed)));
        router.post("/control/reset").handler(act(body -> world.reset()));
        router.get("/control/log").handler(tell(this::log));
        router.get("/control/grants").handler(tell(context -> new JsonObject()
                .put("grants", world.grants().json())));
        router.get("/control/secrets").handler(tell(context -> world.secrets().json()));
    }

    private JsonObject changed(RoutingContext context) {
        world.change(StrictJson.body(context));
        return world.behaviour().json();
    }

    private static Handler<RoutingContext> act(Consumer<JsonObject> action) {
        return context -> Answer.of(
                        request -> {
                            action.accept(StrictJson.body(request));
                            return Answer.empty(204);
                        },
                        context)
                .send(context.response());
    }

    private static Handler<RoutingContext> tell(Function<RoutingContext, Object> telling) {
        return context -> Answer.of(request -> Answer.json(200, telling.apply(request)), context)
                .send(context.response());
    }

    private JsonObject log(RoutingContext context) {
        String name = context.queryParams().get("endpoint");
        if (name != null && !ENDPOINTS.containsKey(name)) {
            throw invalid("there is no such endpoint: " + name);
        }
        return world.log()
                .json(ENDPOINTS.get(name))
                .put("reuses", world.grants().reuses());
    }

    /** The grants of the account that the body names, or all. */
    private static Predicate<Grant> chosen(JsonObject body) {
        if (!body.containsKey("account")) {
            return grant -> true;
        }
        Account account = Account.of(text(body, "account"));
        if (account == null) {
            throw invalid("there is no such account");
        }
        return grant -> grant.account().equals(account);
    }

    private static String text(JsonObject body, String name) {
        if (body.getValue(name) instanceof String text) {
            return text;
        }
        throw invalid(name + " is missing");
    }

    private static Refusal invalid(String sentence) {
        return Refusal.api(400, "RequestValidationError", sentence);
    }
}
