package dev.meetgate.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.meetgate.problem.Failure;
import dev.meetgate.problem.Problem;
import dev.meetgate.problem.ProblemType;
import dev.meetgate.problem.Problems;
import dev.meetgate.problem.RequestId;
import io.quarkus.logging.Log;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Answers requests that fail before JAX-RS with a {@link Problem}, such as oversized bodies. */
@Singleton
class RouterProblems {

    private static final int AFTER_THE_HEADERS = 1 - SecurityHeaders.BEFORE_ALL_OTHERS;

    private static final long MOST_DROPPED = 16_000_000;

    /** The colon, the space and the line break of a header. */
    private static final int BETWEEN_HEADERS = 4;

    private final ObjectMapper json;
    private final DescribedOperations operations;
    private final ClosingTime closingTime;
    private final SecurityHeaders securityHeaders;

    RouterProblems(
            ObjectMapper json,
            DescribedOperations operations,
            ClosingTime closingTime,
            SecurityHeaders securityHeaders) {
        this.securityHeaders = securityHeaders;
        this.json = json;
        this.operations = operations;
        this.closingTime = closingTime;
    }

    void routes(@Observes Router router) {
        router.route().order(AFTER_THE_HEADERS).handler(this::limit);
        router.route()
                .order(Integer.MAX_VALUE - 1)
                .handler(context -> answer(context, 404))
                .failureHandler(this::answer);
    }

    private void limit(RoutingContext context) {
        // People who are amid a walk get their pages to the end.
        if (closingTime.hasCome() && context.request().uri().startsWith("/v1/")) {
            var stopping = Failure.Unavailable.whileStopping();
            context.response()
                    .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
                    .putHeader(
                            HttpHeaders.RETRY_AFTER,
                            String.valueOf(stopping.retryAfter().toSeconds()));
            answer(context, Problem.of(stopping));
        } else if (isAmbiguous(context.request())) {
            context.addEndHandler(answered -> context.request().connection().close());
            answer(context, malformed(context.request()));
        } else if (context.request().uri().length() > Problems.LONGEST_ADDRESS) {
            answer(context, 414);
        } else if (!Methods.isKnown(context.request().method())) {
            List<String> allowed =
                    operations.methods(String.valueOf(context.request().path()));
            context.response()
                    .putHeader(HttpHeaders.ALLOW, String.join(", ", allowed.isEmpty() ? Methods.names() : allowed));
            answer(context, 405);
        } else if (announcedLength(context) > Problems.LARGEST_BODY_KB * 1024L) {
            answer(context, 413);
        } else if (headerBytes(context.request()) > Problems.LARGEST_HEADERS_KB * 1024) {
            answer(context, 431);
        } else {
            passOn(context);
        }
    }

    private static void dropRest(HttpServerRequest request) {
        var dropped = new AtomicLong();
        request.handler(bytes -> {
                    if (dropped.addAndGet(bytes.length()) > MOST_DROPPED) {
                        request.connection().close();
                    }
                })
                .resume();
    }

    /** A proxy may read such a request in another way (RFC 9112 §2.3 and §3.2). */
    private static boolean isAmbiguous(HttpServerRequest request) {
        return request.version() == null
                || request.headers().getAll(HttpHeaders.HOST).size() > 1;
    }

    private void passOn(RoutingContext context) {
        HttpServerRequest request = context.request();
        Failure refused = refusal(request);
        if (refused != null) {
            answer(context, Problem.of(refused));
            return;
        }
        if (RequestAddress.leadsElsewhere(request)) {
            answer(context, 404);
            return;
        }
        String path = String.valueOf(request.path());
        if (request.method().equals(HttpMethod.OPTIONS) && isOfApi(path)) {
            answerOptions(context, path);
            return;
        }
        LenientHeaders.mend(request.method(), request.headers());
        context.next();
    }

    private static @Nullable Failure refusal(HttpServerRequest request) {
        try {
            RequestHeaders.check(request.method(), request.headers());
            RequestAddress.check(request);
            return null;
        } catch (Failure.InvalidRequest refused) {
            return refused;
        }
    }

    private static Problem malformed(HttpServerRequest request) {
        Failure refused = refusal(request);
        return refused == null ? Problems.of(400) : Problem.of(refused);
    }

    private boolean isOfApi(String path) {
        return path.startsWith("/v1/") || !operations.methods(path).isEmpty();
    }

    /** JAX-RS would unite the methods of all paths that begin like this one. */
    private void answerOptions(RoutingContext context, String path) {
        var methods = new TreeSet<>(operations.methods(path));
        if (methods.isEmpty()) {
            answer(context, 404);
            return;
        }
        methods.add("OPTIONS");
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        context.response().putHeader(HttpHeaders.ALLOW, String.join(", ", methods));
        context.end();
    }

    private static long announcedLength(RoutingContext context) {
        String length = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? 0 : Long.parseLong(length);
    }

    private static int headerBytes(HttpServerRequest request) {
        int bytes = 0;
        for (Map.Entry<String, String> header : request.headers()) {
            bytes += header.getKey().length() + header.getValue().length() + BETWEEN_HEADERS;
        }
        return bytes;
    }

    private void answer(RoutingContext context) {
        int status = context.statusCode() < 400 ? 500 : context.statusCode();
        if (context.response().headers().contains(RequestId.HEADER)) {
            answer(context, status);
            return;
        }
        // Vert.x refuses a bad Host before all filters.
        securityHeaders.addTo(context);
        RequestIds.begin(context);
        answer(context, status == 400 ? malformed(context.request()) : Problems.of(status));
    }

    private void answer(RoutingContext context, int status) {
        if (context.response().headWritten()) {
            context.request().connection().close();
            return;
        }
        Problem problem = Problems.of(status);
        if (problem.status() >= 500) {
            Log.errorf(context.failure(), "Unexpected failure, answered as problem %s", problem.instance());
        }
        answer(context, problem);
    }

    private void answer(RoutingContext context, Problem problem) {
        if (problem.status() == ProblemType.TOO_LARGE.status()) {
            // A client that is still sending would not read the answer.
            dropRest(context.request());
        }
        context.response().setStatusCode(problem.status()).putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE);
        context.end(write(problem));
    }

    private String write(Problem problem) {
        try {
            return json.writeValueAsString(problem);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem is always JSON", e);
        }
    }
}
