package dev.meetgate.sandbox;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.Supplier;

/** Logs every request to GoTo's endpoints, applies the rate limit, and lets a fault damage the answer. */
final class Traffic {

    private final World world;

    Traffic(World world) {
        this.world = world;
    }

    Handler<RoutingContext> to(Endpoint endpoint, Function<RoutingContext, Answer> work) {
        return context -> {
            RequestLog.Entry entry = world.log().arrived(endpoint, context.request());
            var wire = new Wire(context, entry);
            if (exceedsLimit(endpoint)) {
                wire.send(
                        Answer.empty(429).with("Retry-After", world.behaviour().retryAfter()));
            } else {
                serve(endpoint, wire, () -> {
                    Answer answer = Answer.of(work, context);
                    entry.belongsTo(context.get(RequestLog.ACCOUNT));
                    return answer;
                });
            }
        };
    }

    private boolean exceedsLimit(Endpoint endpoint) {
        int limit = world.behaviour().requestsPerSecond();
        return endpoint.isLimited() && limit > 0 && !world.rateLimit().admits(limit, Instant.now());
    }

    private void serve(Endpoint endpoint, Wire wire, Supplier<Answer> work) {
        Fault fault = world.faults().next(endpoint);
        if (fault == null) {
            wire.send(work.get());
        } else {
            wire.after(fault.delayMillis(), () -> fault.strike(wire, work));
        }
    }
}
