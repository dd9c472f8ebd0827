package dev.meetgate.budget;

import jakarta.ws.rs.container.ContainerResponseContext;
import java.time.Duration;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Tells callers whose request was one to GoTo how much there is left (draft-ietf-httpapi-ratelimit-headers-11): how many calls would
 * reach GoTo within the next second, in {@code r}, and when that or anything can be, in {@code t}.
 */
class RateLimitHeaders {

    private static final double SECOND = Duration.ofSeconds(1).toNanos();

    /** The answer to the request at hand, where there is one, will tell of this budget. */
    static void announce(Budget budget) {
        RequestTimeout.arrival().ifPresent(arrival -> arrival.budget = budget);
    }

    @ServerResponseFilter
    void add(ContainerResponseContext response) {
        RequestTimeout.arrival()
                .map(arrival -> arrival.budget)
                .ifPresent(budget -> add(response, budget.limit(), budget.backlog()));
    }

    private static void add(ContainerResponseContext response, int limit, Duration backlog) {
        double seconds = backlog.toNanos() / SECOND;
        long remaining = (long) Math.max(0, (1 - seconds) * limit);
        long restored = (long) Math.max(1, Math.ceil(seconds));
        response.getHeaders().putSingle("RateLimit-Policy", "\"goto\";q=" + limit + ";w=1");
        response.getHeaders().putSingle("RateLimit", "\"goto\";r=" + remaining + ";t=" + restored);
    }
}
