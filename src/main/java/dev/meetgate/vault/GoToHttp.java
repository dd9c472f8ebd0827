package dev.meetgate.vault;

import dev.meetgate.secret.Secret;
import io.netty.handler.codec.DecoderException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/**
 * GoTo's API by plain HTTP, for what REST clients are not fit for: they take an answer in however long it is, let its content type
 * say what they do with it, and take a tenth of the CPU time of a call. Redirects are not followed.
 */
@Singleton
public class GoToHttp {

    /** Also for the wait until one of the connections is free. */
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);

    /** For all of an answer, however it trickles in. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    /** More than a full budget of GoTo's needs where each call takes its longest: slow raw calls do not keep lists waiting. */
    private static final int CONNECTIONS = 100;

    private final Vertx vertx;
    private final HttpClient http;
    private final boolean https;
    private final String host;
    private final int port;
    private final String root;

    GoToHttp(Vertx vertx, GoToClients.ApiConfig config) {
        this.vertx = vertx;
        URI api = config.apiUrl();
        this.https = "https".equals(api.getScheme());
        this.host = api.getHost();
        int defaultPort = https ? 443 : 80;
        this.port = api.getPort() < 0 ? defaultPort : api.getPort();
        this.root = api.getRawPath().replaceFirst("/*$", "/");
        this.http = vertx.createHttpClient(
                new HttpClientOptions().setConnectTimeout((int) CONNECT_TIMEOUT.toMillis()),
                new PoolOptions().setHttp1MaxSize(CONNECTIONS));
    }

    @PreDestroy
    void close() {
        http.close();
    }

    /**
     * Sends each time it is subscribed to. Fails where there is no answer; one of any status is an answer. Whoever passes its body on
     * asks {@link GoToAnswer#orFailIfItRepeats} first.
     */
    public Uni<GoToAnswer> send(Bearer bearer, GoToRequest request) {
        return Uni.createFrom()
                .<GoToAnswer>emitter(
                        caller -> exchange(request, bearer.accessToken()).onComplete(caller::complete, caller::fail))
                .onFailure(DecoderException.class)
                .transform(IOException::new);
    }

    private Future<GoToAnswer> exchange(GoToRequest request, Secret token) {
        return http.request(options(request, token)).compose(sending -> {
            long timer = vertx.setTimer(LONGEST_WAIT.toMillis(), late -> sending.reset());
            return answer(sending, request).onComplete(end -> vertx.cancelTimer(timer));
        });
    }

    private static Future<GoToAnswer> answer(HttpClientRequest sending, GoToRequest request) {
        var head = request.body() == null ? sending.send() : sending.send(request.body());
        return head.compose(BoundedAnswer::of)
                .recover(failure -> Future.failedFuture(isOfTheWire(failure) ? new IOException(failure) : failure));
    }

    /** A number that is none, and a connection that breaks between the head and the body, are told as mistakes of ours. */
    private static boolean isOfTheWire(Throwable failure) {
        return failure instanceof IllegalArgumentException || failure instanceof IllegalStateException;
    }

    private RequestOptions options(GoToRequest request, Secret token) {
        var options = new RequestOptions()
                .setMethod(request.method())
                .setSsl(https)
                .setHost(host)
                .setPort(port)
                .setURI(root + request.target())
                .setConnectTimeout(CONNECT_TIMEOUT.toMillis())
                .putHeader(HttpHeaders.USER_AGENT, "MeetGate")
                .putHeader(HttpHeaders.AUTHORIZATION, "Bearer " + token.reveal())
                .putHeader(HttpHeaders.ACCEPT, request.accept());
        if (request.contentType() != null) {
            options.putHeader(HttpHeaders.CONTENT_TYPE, request.contentType());
        }
        return options;
    }
}
