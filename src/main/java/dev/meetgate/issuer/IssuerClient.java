package dev.meetgate.issuer;

import dev.meetgate.http.Outbound;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads what issuers publish, within bounds. It has no connections before the first request. */
@Singleton
public class IssuerClient {

    /** From the request to the end of the answer, however slowly it arrives. */
    static final Duration LONGEST = Duration.ofSeconds(3);

    private static final int MOST_WAITING = 50;
    private static final int MOST_BYTES = 256 * 1024;

    /** An answer with another status than 200. */
    static final class Refused extends IOException {

        private static final long serialVersionUID = 1L;

        private final int status;

        Refused(int status) {
            super("status " + status);
            this.status = status;
        }

        int status() {
            return status;
        }
    }

    private final Vertx vertx;
    private final Outbound outbound;
    private @Nullable HttpClient client;

    IssuerClient(Vertx vertx, Outbound outbound) {
        this.vertx = vertx;
        this.outbound = outbound;
    }

    /** Never follows a redirect, which could lead to the keys of somebody else. */
    public Uni<String> get(URI url, boolean byProxy) {
        return Uni.createFrom()
                .completionStage(() -> body(HttpMethod.GET, url, byProxy, HttpClientRequest::send)
                        .toCompletionStage())
                .ifNoItem()
                .after(LONGEST)
                .fail();
    }

    /** Sends a form once. The authorization is the value of its header. */
    Uni<String> post(URI url, String authorization, String form, boolean byProxy) {
        return Uni.createFrom()
                .completionStage(() -> body(HttpMethod.POST, url, byProxy, request -> request.putHeader(
                                        HttpHeaders.AUTHORIZATION, authorization)
                                .putHeader(HttpHeaders.CONTENT_TYPE, "application/x-www-form-urlencoded")
                                .send(form))
                        .toCompletionStage())
                .ifNoItem()
                .after(LONGEST)
                .fail();
    }

    private Future<String> body(
            HttpMethod method,
            URI url,
            boolean byProxy,
            Function<HttpClientRequest, Future<HttpClientResponse>> sending) {
        var options = new RequestOptions().setMethod(method).setAbsoluteURI(url.toString());
        if (byProxy) {
            options.setProxyOptions(outbound.proxy());
        }
        return client().request(options).compose(request -> {
            long timer = vertx.setTimer(LONGEST.toMillis(), late -> request.reset());
            request.putHeader(HttpHeaders.ACCEPT, "application/json").putHeader(HttpHeaders.USER_AGENT, "MeetGate");
            return sending.apply(request)
                    .compose(response -> read(request, response))
                    .onComplete(ended -> vertx.cancelTimer(timer));
        });
    }

    private synchronized HttpClient client() {
        if (client == null) {
            var options = outbound.options()
                    .setConnectTimeout((int) LONGEST.toMillis())
                    .setSslHandshakeTimeout(LONGEST.toSeconds())
                    .setIdleTimeout((int) LONGEST.toSeconds() + 1);
            client = outbound.client(options, new PoolOptions().setMaxWaitQueueSize(MOST_WAITING));
        }
        return client;
    }

    private static Future<String> read(HttpClientRequest request, HttpClientResponse response) {
        if (response.statusCode() != 200) {
            request.reset();
            return Future.failedFuture(new Refused(response.statusCode()));
        }
        var body = Buffer.buffer();
        response.handler(part -> {
            if (body.length() + part.length() > MOST_BYTES) {
                request.reset(0, new IOException("an answer that is too large"));
            } else {
                body.appendBuffer(part);
            }
        });
        // The end fails with it too. Without a handler, Vert.x logs an error.
        response.exceptionHandler(broken -> Log.debugf("An issuer's answer broke off: %s", broken));
        return response.end().map(ended -> body.toString(StandardCharsets.UTF_8));
    }
}
