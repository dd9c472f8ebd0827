package dev.meetgate.sandbox;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;

/** A tenant's receiver of events, which keeps what it got. Faults make it fail. */
final class WebhookReceiver {

    private static final int MOST = 20_000;

    private final List<JsonObject> received = new ArrayList<>();

    Answer receive(RoutingContext context) {
        var headers = new JsonObject();
        context.request()
                .headers()
                .forEach(header -> headers.put(header.getKey().toLowerCase(), header.getValue()));
        if (received.size() < MOST) {
            received.add(new JsonObject()
                    .put("headers", headers)
                    .put("body", context.body().asString()));
        }
        return Answer.empty(204);
    }

    void forget() {
        received.clear();
    }

    JsonArray json() {
        return new JsonArray(new ArrayList<>(received));
    }
}
