package dev.meetgate.budget;

import dev.meetgate.Failure;
import io.smallrye.common.vertx.ContextLocals;
import io.smallrye.common.vertx.VertxContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Until when the caller of the request at hand waits: as the header {@code Request-Timeout} says, in seconds. It is kept with the
 * request's Vert.x context, which all that happens for the request is on.
 */
@Singleton
public class RequestDeadline {

    private static final String HEADER = "Request-Timeout";
    private static final String KEY = "meetgate.deadline";
    private static final Pattern SECONDS = Pattern.compile("\\d{1,3}(\\.\\d{1,9})?");
    private static final long LONGEST_SECONDS = 300;

    private final Duration otherwise;

    RequestDeadline(RequestConfig config) {
        otherwise = config.requestTimeout();
    }

    @ServerRequestFilter
    void read(ContainerRequestContext request) {
        String header = request.getHeaderString(HEADER);
        ContextLocals.put(KEY, Deadline.in(header == null ? otherwise : timeout(header)));
    }

    /** What is done outside of a request begins now. */
    public Deadline current() {
        return VertxContext.isOnDuplicatedContext()
                ? ContextLocals.<Deadline>get(KEY).orElseGet(() -> Deadline.in(otherwise))
                : Deadline.in(otherwise);
    }

    private static Duration timeout(String header) {
        double seconds = SECONDS.matcher(header).matches() ? Double.parseDouble(header) : 0;
        if (seconds <= 0 || seconds > LONGEST_SECONDS) {
            throw new Failure.InvalidRequest(
                    HEADER, "%s is a number of seconds, at most %d, such as 2.5.".formatted(HEADER, LONGEST_SECONDS));
        }
        return Duration.ofNanos((long) (seconds * 1e9));
    }
}
