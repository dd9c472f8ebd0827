package dev.meetgate.gotoapi;

import static dev.meetgate.gotoapi.CallFilters.BEFORE_ERRORS;

import dev.meetgate.budget.Budget;
import dev.meetgate.reactive.Circuit;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.client.ClientResponseContext;
import jakarta.ws.rs.client.ClientResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Instant;
import java.util.Map;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestContext;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestFilter;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientResponseFilter;

/**
 * Delays a request until its slot, and slows all replicas down after a 429. Runs after the
 * {@link BearerFilter}, so that the request uses its slot at once.
 */
@Singleton
class BudgetFilter implements ResteasyReactiveClientRequestFilter, ResteasyReactiveClientResponseFilter {

    static final Map<Class<?>, Integer> PRIORITIES =
            Map.of(ClientRequestFilter.class, Priorities.AUTHENTICATION + 1, ClientResponseFilter.class, BEFORE_ERRORS);

    private final Budget budget;
    private final Circuit circuit;

    BudgetFilter(Budget budget, Circuit circuit) {
        this.budget = budget;
        this.circuit = circuit;
    }

    @Override
    public void filter(ResteasyReactiveClientRequestContext request) {
        GoToCall call = CallFilters.call(request);
        Attempt attempt = call.attempt();
        request.suspend();
        attempt.waitFor(
                budget.slot(call.claim(), request.getUri().getPath()).invoke(slot -> attempt.leave(slot, circuit)),
                left -> request.resume(),
                request::resume);
    }

    @Override
    public void filter(ResteasyReactiveClientRequestContext request, ClientResponseContext response) {
        CallFilters.endBroken(request, response);
        if (response.getStatus() == GoToErrors.TOO_MANY_REQUESTS) {
            GoToCall call = CallFilters.call(request);
            Attempt attempt = call.attempt();
            var throttled = GoToErrors.Throttled.of(response.getHeaderString(HttpHeaders.RETRY_AFTER), Instant.now());
            SentRequest sent = attempt.sent();
            attempt.throttled();
            request.suspend();
            attempt.waitFor(
                    budget.slowDown(call.claim(), request.getUri().getPath(), sent.slot(), throttled.retryAfter()),
                    slower -> request.resume(throttled),
                    request::resume);
        }
    }
}
