package dev.meetgate.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.http.Outcome;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Times requests by method, path template and status. The metrics of Quarkus would keep a series for each
 * path and method that anybody makes up, with ids and secrets of the paths.
 */
@Singleton
class RequestMetrics {

    private static final int MOST_SERIES = 200;
    private static final String OTHER = "other";

    private record Series(String method, String uri, int status) {}

    private final ConcurrentHashMap<Series, Timer> timers = new ConcurrentHashMap<>();
    private final MeterRegistry metrics;

    RequestMetrics(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    void filters(@Observes Filters filters) {
        filters.register(this::time, SecurityHeaders.BEFORE_ALL_OTHERS + 1);
    }

    private void time(RoutingContext request) {
        long begin = System.nanoTime();
        Context context = Objects.requireNonNull(Vertx.currentContext());
        request.addEndHandler(ended -> timer(new Series(
                        method(request.request().method()),
                        template(context),
                        ended.succeeded() ? request.response().getStatusCode() : 0))
                .record(System.nanoTime() - begin, TimeUnit.NANOSECONDS));
        request.next();
    }

    private static String method(HttpMethod method) {
        return Methods.isKnown(method) ? method.name() : OTHER;
    }

    private static String template(Context context) {
        String template = context.getLocal(PathTemplate.LOCAL);
        return template == null ? OTHER : template;
    }

    private Timer timer(Series series) {
        Timer known = timers.get(series);
        if (known != null) {
            return known;
        }
        Series counted = timers.size() < MOST_SERIES ? series : new Series(OTHER, OTHER, series.status());
        return timers.computeIfAbsent(counted, this::register);
    }

    private Timer register(Series series) {
        boolean broken = series.status() == 0;
        return Timer.builder("http.server.requests")
                .description("Requests by method, path template and status")
                .tag("method", series.method())
                .tag("uri", series.uri())
                .tag("status", broken ? "RESET" : String.valueOf(series.status()))
                .tags(List.of((broken ? Outcome.CLIENT_ERROR : Outcome.forStatus(series.status())).asTag()))
                .register(metrics);
    }
}
