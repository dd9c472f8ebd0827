package dev.meetgate.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Requests whose body may still be on its way. Quarkus would not stop before it is complete. */
@Singleton
class HalfRequests {

    private static final long UNTIL_THE_END_MILLIS = 1_000;

    private final Set<HttpServerRequest> underWay = ConcurrentHashMap.newKeySet();
    private final Vertx vertx;

    HalfRequests(Vertx vertx) {
        this.vertx = vertx;
    }

    void add(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (request.headers().contains(HttpHeaders.CONTENT_LENGTH)
                || request.headers().contains(HttpHeaders.TRANSFER_ENCODING)) {
            underWay.add(request);
            context.addEndHandler(answered -> underWay.remove(request));
        }
    }

    /** Closes the connections of those whose body is not complete. */
    void close() {
        // A body that nobody reads is held back. It is thrown away, to find its end.
        underWay.forEach(HttpServerRequest::resume);
        vertx.setTimer(UNTIL_THE_END_MILLIS, over -> underWay.stream()
                .filter(request -> !request.isEnded())
                .forEach(request -> request.connection().close()));
    }
}
