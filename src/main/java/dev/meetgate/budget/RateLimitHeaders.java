package dev.meetgate.budget;

import dev.meetgate.caller.Arrival;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.time.Duration;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Adds the RateLimit headers (draft-ietf-httpapi-ratelimit-headers-11) to answers that used the budget. */
class RateLimitHeaders {

    private static final double SECOND = Duration.ofSeconds(1).toNanos();

    @ConfigMapping(prefix = "meetgate")
    interface RateLimitConfig {
        /** Whether answers have the headers, which are still a draft. */
        @WithDefault("true")
        boolean rateLimitHeaders();
    }

    private final Budget budget;
    private final boolean enabled;

    RateLimitHeaders(Budget budget, RateLimitConfig config) {
        this.budget = budget;
        this.enabled = config.rateLimitHeaders();
    }

    @ServerResponseFilter
    void add(ContainerResponseContext response) {
        if (enabled && Arrival.current().filter(Arrival::countsAgainstBudget).isPresent()) {
            add(response, budget.limit(), budget.backlog());
        }
    }

    private static void add(ContainerResponseContext response, int limit, Duration backlog) {
        double seconds = backlog.toNanos() / SECOND;
        long remaining = (long) Math.max(0, (1 - seconds) * limit);
        long restored = (long) Math.max(1, Math.ceil(seconds));
        response.getHeaders().putSingle("RateLimit-Policy", "\"goto\";q=" + limit + ";w=1");
        response.getHeaders().putSingle("RateLimit", "\"goto\";r=" + remaining + ";t=" + restored);
    }
}
