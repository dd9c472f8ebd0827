package dev.meetgate.budget;

import io.smallrye.common.vertx.ContextLocals;
import io.smallrye.common.vertx.VertxContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.time.Duration;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Tells callers whose request was one to GoTo how much there is left (draft-ietf-httpapi-ratelimit-headers-11): how many calls would
 * reach GoTo within the next second, in {@code r}, and when that or anything can be, in {@code t}.
 */
@Singleton
class RateLimitHeaders {

    private static final String KEY = "meetgate.budgeted";
    private static final double SECOND = Duration.ofSeconds(1).toNanos();

    private final Budget budget;
    private final int limit;
    private final boolean enabled;

    RateLimitHeaders(Budget budget, BudgetConfig config, RequestConfig switches) {
        this.budget = budget;
        this.limit = config.requestsPerSecond();
        this.enabled = switches.rateLimitHeaders();
    }

    /** The answer to the request at hand will have them. */
    static void announce() {
        if (VertxContext.isOnDuplicatedContext()) {
            ContextLocals.put(KEY, true);
        }
    }

    @ServerResponseFilter
    void add(ContainerResponseContext response) {
        if (!enabled || !VertxContext.isOnDuplicatedContext() || !ContextLocals.get(KEY, false)) {
            return;
        }
        double seconds = budget.backlog().toNanos() / SECOND;
        long remaining = (long) Math.max(0, (1 - seconds) * limit);
        long restored = (long) Math.max(1, Math.ceil(seconds));
        response.getHeaders().putSingle("RateLimit-Policy", "\"goto\";q=%d;w=1".formatted(limit));
        response.getHeaders().putSingle("RateLimit", "\"goto\";r=%d;t=%d".formatted(remaining, restored));
    }
}
