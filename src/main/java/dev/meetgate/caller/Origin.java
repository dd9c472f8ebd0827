package dev.meetgate.caller;

import dev.meetgate.problem.RequestId;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * Who causes what is done now, and with which request.
 *
 * @param traceparent the W3C trace context of the request
 * @param address the address that the request came from
 */
public record Origin(
        Actor actor,
        String requestId,
        @Nullable String traceparent,
        @Nullable String address) {

    /**
     * The origin of the current request, also in work that outlives it. Without a request, MeetGate itself.
     */
    public static Origin current() {
        return Arrival.current().map(Arrival::origin).orElseGet(Origin::meetgate);
    }

    /** MeetGate itself, also where it works because of somebody's request. */
    public static Origin meetgate() {
        return new Origin(Actor.MEETGATE, RequestId.random(), null, null);
    }

    /** An operator who runs a command. */
    public static Origin operator(String command) {
        return new Origin(new Actor(Actor.Kind.OPERATOR, command), RequestId.random(), null, null);
    }

    /** The JSON from which the audit takes its members. */
    public String json() {
        var json = new JsonObject()
                .put("kind", actor.kind().word())
                .put("name", actor.name())
                .put("requestId", requestId);
        if (traceparent != null) {
            json.put("traceparent", traceparent);
        }
        if (address != null) {
            json.put("address", address);
        }
        return json.encode();
    }
}
