package dev.meetgate.caller;

import dev.meetgate.problem.RequestId;
import io.smallrye.common.vertx.ContextLocals;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The arrival of a request, kept in each Vert.x context that works for the request. */
public final class Arrival {

    private static final String KEY = "meetgate.arrival";
    private static final String WAITING = "meetgate.waiting";

    /** W3C Trace Context §3.2. */
    private static final Pattern TRACEPARENT = Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    /** By {@link System#nanoTime}. */
    private final long at;

    private volatile Duration timeout;

    /** Whether the timeout is the request's own. */
    private volatile boolean saysHowLong;

    private final HttpServerRequest request;
    private final TrustedProxies proxies;
    private final @Nullable Context context;
    private volatile boolean asksGoTo;

    /** Browsers have no credential. */
    private volatile Actor actor = Actor.PERSON;

    Arrival(long at, Duration timeout, HttpServerRequest request, TrustedProxies proxies) {
        this.at = at;
        this.timeout = timeout;
        this.request = request;
        this.proxies = proxies;
        this.context = Vertx.currentContext();
    }

    /** The request says how long. */
    void waitsFor(Duration own) {
        timeout = own;
        saysHowLong = true;
    }

    void calledBy(Actor credential) {
        actor = credential;
    }

    /** Names the credential of a request that is not for one user. */
    public void attributeTo(Caller caller) {
        calledBy(caller.actor());
    }

    Origin origin() {
        if (context == null) {
            return Origin.meetgate();
        }
        return new Origin(
                actor,
                RequestId.of(context),
                traceparent(request.getHeader("traceparent")),
                proxies.clientAddress(request));
    }

    private static @Nullable String traceparent(@Nullable String header) {
        return header != null && TRACEPARENT.matcher(header).matches() ? header : null;
    }

    public static Optional<Arrival> current() {
        return VertxContext.isOnDuplicatedContext() ? ContextLocals.get(KEY) : Optional.empty();
    }

    void putIntoContext() {
        ContextLocals.put(KEY, this);
    }

    /** Marks the context as the request's own, in which nothing goes on after its caller has left. */
    void beginWaiting() {
        putIntoContext();
        ContextLocals.put(WAITING, this);
    }

    Deadline deadline() {
        return new Deadline(at + timeout.toNanos());
    }

    /**
     * Adds the wait that a caller prefers (RFC 7240 §4.3) to the time of the request. A
     * {@code Request-Timeout} stays as it is, and bounds the wait. Returns how long to wait.
     */
    public Duration prolong(Duration wait) {
        if (saysHowLong) {
            Duration left = deadline().leftForAPart();
            return wait.compareTo(left) < 0 ? wait : left;
        }
        timeout = timeout.plus(wait);
        return wait;
    }

    /** How long the caller still waits. Absent in work that outlives its caller. */
    public static Optional<Duration> timeLeft() {
        Optional<Arrival> waiting =
                VertxContext.isOnDuplicatedContext() ? ContextLocals.get(WAITING) : Optional.empty();
        return waiting.map(arrival -> arrival.deadline().left());
    }

    /** Marks the request as one that uses GoTo's budget. */
    public void countAgainstBudget() {
        asksGoTo = true;
    }

    public boolean countsAgainstBudget() {
        return asksGoTo;
    }
}
