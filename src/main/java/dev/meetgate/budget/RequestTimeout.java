package dev.meetgate.budget;

import dev.meetgate.Failure;
import io.smallrye.common.vertx.ContextLocals;
import io.smallrye.common.vertx.VertxContext;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/**
 * How many seconds the caller of a request gives it: the header {@code Request-Timeout}. It is kept with the request's Vert.x
 * context, which all that happens for the request is on.
 */
class RequestTimeout {

    /** A request's, which every context has that works for it. */
    static final class Arrival {

        /** By {@link System#nanoTime}. */
        final long at;

        /** Where the caller said so. */
        final @Nullable Duration timeout;

        /** What the request was counted against, where it was. */
        volatile @Nullable Budget budget;

        Arrival(long at, @Nullable Duration timeout) {
            this.at = at;
            this.timeout = timeout;
        }
    }

    private static final String HEADER = "Request-Timeout";
    private static final String KEY = "meetgate.arrival";
    private static final Pattern SECONDS = Pattern.compile("\\d{1,3}(\\.\\d{1,9})?");
    private static final long LONGEST_SECONDS = 300;

    @ServerRequestFilter
    void read(ContainerRequestContext request) {
        String header = request.getHeaderString(HEADER);
        ContextLocals.put(KEY, new Arrival(System.nanoTime(), header == null ? null : timeout(header)));
    }

    /** The arrival of the request at hand, where there is one. */
    static Optional<Arrival> arrival() {
        return VertxContext.isOnDuplicatedContext() ? ContextLocals.get(KEY) : Optional.empty();
    }

    static void arrivedAlready(Arrival arrival) {
        ContextLocals.put(KEY, arrival);
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
