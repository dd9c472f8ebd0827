package dev.meetgate.caller;

import dev.meetgate.http.IdleConnections;
import dev.meetgate.problem.Failure;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Reads the header {@code Request-Timeout}, the seconds that the caller waits. */
public class RequestTimeout {

    private static final String HEADER = "Request-Timeout";
    private static final Pattern SECONDS = Pattern.compile("\\d{1,3}(\\.\\d{1,9})?");
    public static final long LONGEST_SECONDS = 300;

    /** Less than {@code quarkus.http.idle-timeout}. */
    private static final Duration LONG = Duration.ofSeconds(45);

    private final Duration defaultTimeout;
    private final TrustedProxies proxies;

    RequestTimeout(RequestConfig config, TrustedProxies proxies) {
        defaultTimeout = config.requestTimeout();
        this.proxies = proxies;
    }

    /** Before the call is authorized, so that a refusal has its origin too. */
    @ServerRequestFilter(preMatching = true)
    void arrive(HttpServerRequest request) {
        new Arrival(System.nanoTime(), defaultTimeout, request, proxies).beginWaiting();
    }

    @ServerRequestFilter
    void read(ContainerRequestContext request, RoutingContext call) {
        String header = request.getHeaderString(HEADER);
        Duration timeout = header == null ? defaultTimeout : timeout(header);
        if (header != null) {
            Arrival.current().ifPresent(arrival -> arrival.waitsFor(timeout));
        }
        if (LONG.compareTo(timeout) < 0) {
            IdleConnections.exempt(call);
        }
    }

    private static Duration timeout(String header) {
        double seconds = SECONDS.matcher(header).matches() ? Double.parseDouble(header) : 0;
        if (seconds <= 0 || seconds > LONGEST_SECONDS) {
            throw new Failure.InvalidRequest(
                    HEADER,
                    "%s must be a number of seconds, at most %d, such as 2.5.".formatted(HEADER, LONGEST_SECONDS));
        }
        return Duration.ofNanos((long) (seconds * 1e9));
    }
}
