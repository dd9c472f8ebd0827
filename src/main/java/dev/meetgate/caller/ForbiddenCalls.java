package dev.meetgate.caller;

import dev.meetgate.problem.Problem;
import io.quarkus.logging.Log;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes a line for each call that its credential does not allow, up to a bound for each tenant and minute.
 */
@Singleton
class ForbiddenCalls {

    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int MOST_LINES = 10;

    private final Vertx vertx;

    /** By tenant. */
    private final Map<String, Integer> calls = new TreeMap<>();

    ForbiddenCalls(Vertx vertx) {
        this.vertx = vertx;
    }

    synchronized void log(String operation, String tenant, Actor actor, Problem problem) {
        if (calls.isEmpty()) {
            vertx.setTimer(WINDOW.toMillis(), ended -> sumUp());
        }
        if (calls.merge(tenant, 1, Integer::sum) <= MOST_LINES) {
            Log.warnf(
                    "Refused %s as forbidden: %s %s of tenant %s %s, problem %s",
                    operation,
                    actor.kind().word(),
                    UserLog.safe(actor.name()),
                    tenant,
                    problem.scope() == null ? "is tied to another user" : "lacks the scope " + problem.scope(),
                    problem.instance());
        }
    }

    synchronized void sumUp() {
        calls.forEach((tenant, number) -> {
            if (number > MOST_LINES) {
                Log.warnf(
                        "Refused %d more calls as forbidden within a minute, of tenant %s",
                        number - MOST_LINES, tenant);
            }
        });
        calls.clear();
    }
}
