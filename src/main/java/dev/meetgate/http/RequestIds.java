package dev.meetgate.http;

import dev.meetgate.problem.RequestId;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Objects;

/** Gives each request an id, and each answer the id of its request. */
@Singleton
class RequestIds {

    void filters(@Observes Filters filters) {
        filters.register(RequestIds::name, SecurityHeaders.BEFORE_ALL_OTHERS + 1);
    }

    private static void name(RoutingContext request) {
        begin(request);
        request.next();
    }

    static void begin(RoutingContext request) {
        String id = RequestId.begin(
                Objects.requireNonNull(Vertx.currentContext()),
                request.request().getHeader(RequestId.HEADER));
        request.response().putHeader(RequestId.HEADER, id);
    }
}
