package dev.meetgate.raw;

import dev.meetgate.Failure;
import dev.meetgate.secret.Secret;
import dev.meetgate.vault.Bearer;
import io.netty.handler.codec.DecoderException;
import io.smallrye.config.ConfigMapping;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
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
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Sends raw calls. Not a REST client: those take an answer in however long it is, and let its content type say what they do with
 * it. Redirects are not followed.
 */
@Singleton
class RawClient {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);

    /** For all of an answer, however it trickles in. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private static final int CONNECTIONS = 50;

    @ConfigMapping(prefix = "goto")
    interface RawConfig {
        URI apiUrl();
    }

    private final Vertx vertx;
    private final HttpClient http;
    private final URI api;

    RawClient(Vertx vertx, RawConfig config) {
        this.vertx = vertx;
        this.api = config.apiUrl();
        this.http = vertx.createHttpClient(
                new HttpClientOptions().setConnectTimeout((int) CONNECT_TIMEOUT.toMillis()),
                new PoolOptions().setHttp1MaxSize(CONNECTIONS));
    }

    @PreDestroy
    void close() {
        http.close();
    }

    Uni<RawAnswer> send(Bearer bearer, RawRequest request) {
        Secret token = bearer.accessToken();
        return UniHelper.toUni(exchange(request, token))
                .onFailure(DecoderException.class)
                .transform(IOException::new)
                .invoke(answer -> refuseIfItHas(token, answer));
    }

    private Future<RawAnswer> exchange(RawRequest request, Secret token) {
        return http.request(options(request, token)).compose(sending -> {
            long timer = vertx.setTimer(LONGEST_WAIT.toMillis(), late -> sending.reset());
            return answer(sending, request).onComplete(end -> vertx.cancelTimer(timer));
        });
    }

    private static Future<RawAnswer> answer(HttpClientRequest sending, RawRequest request) {
        return sending.send(request.body()).compose(response -> BoundedBody.of(response)
                .map(body -> new RawAnswer(response.statusCode(), response.headers(), body)));
    }

    private RequestOptions options(RawRequest request, Secret token) {
        boolean https = "https".equals(api.getScheme());
        int defaultPort = https ? 443 : 80;
        var options = new RequestOptions()
                .setMethod(request.method())
                .setSsl(https)
                .setHost(api.getHost())
                .setPort(api.getPort() < 0 ? defaultPort : api.getPort())
                .setURI(api.getRawPath().replaceFirst("/*$", "/") + request.target())
                .setConnectTimeout(CONNECT_TIMEOUT.toMillis())
                .putHeader(HttpHeaders.USER_AGENT, "MeetGate")
                .putHeader(HttpHeaders.AUTHORIZATION, "Bearer " + token.reveal())
                .putHeader(HttpHeaders.ACCEPT, request.accept());
        if (request.body().length() > 0 && request.contentType() != null) {
            options.putHeader(HttpHeaders.CONTENT_TYPE, request.contentType());
        }
        return options;
    }

    /** Whoever echoes what it is sent would hand the token to the caller. */
    private static void refuseIfItHas(Secret token, RawAnswer answer) {
        if (answer.text(StandardCharsets.ISO_8859_1).contains(token.reveal())) {
            throw Failure.GoToUnavailable.answered("GoTo answered with the access token in it.");
        }
    }
}
