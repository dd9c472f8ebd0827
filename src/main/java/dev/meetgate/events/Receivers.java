package dev.meetgate.events;

import dev.meetgate.http.Outbound;
import dev.meetgate.http.RetryAfter;
import io.netty.util.NetUtil;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Sends events to the receivers of webhooks. An address is looked up and checked here, and the connection
 * goes to the very address that was checked. A proxy looks up the names itself.
 */
@Singleton
class Receivers {

    static final Duration LONGEST = Duration.ofSeconds(15);

    private static final int CONNECT_TIMEOUT_MILLIS = 5000;

    /** More than the lanes of all tenants with one receiver: nobody waits for another tenant's connection. */
    private static final int CONNECTIONS_TO_ONE = 1000;

    private static final int MOST_BYTES = 64 * 1024;

    /** The host's addresses are not all public. */
    private static final class NotPublic extends Exception {}

    private final Vertx vertx;
    private final EventsConfig config;
    private final Outbound outbound;
    private final AtomicInteger turn = new AtomicInteger();
    private volatile @Nullable HttpClient client;

    Receivers(Vertx vertx, EventsConfig config, Outbound outbound) {
        this.vertx = vertx;
        this.config = config;
        this.outbound = outbound;
    }

    /** Never fails. */
    Uni<Reply> send(Webhook webhook, String id, String body) {
        return send(webhook, id, body, LONGEST);
    }

    /** Never fails. The receiver has less time than usual. */
    Uni<Reply> send(Webhook webhook, String id, String body, Duration longest) {
        return Uni.createFrom()
                .completionStage(() -> {
                    long end = System.nanoTime() + longest.toNanos();
                    return address(webhook)
                            .compose(address -> request(webhook, address))
                            .compose(request -> post(request, webhook, id, body, end))
                            .toCompletionStage();
                })
                .ifNoItem()
                .after(longest)
                .recoverWithItem(Reply.failed("timeout"))
                .onFailure()
                .recoverWithItem(failure -> Reply.failed(problem(failure)));
    }

    private static String problem(Throwable failure) {
        if (failure instanceof NotPublic) {
            return "private-address";
        }
        if (failure instanceof UnknownHostException) {
            return "unknown-host";
        }
        return failure instanceof SSLException || failure.getCause() instanceof SSLException ? "tls" : "unreachable";
    }

    /** One of the host's addresses, another one each time. Null if a proxy finds it. */
    private Future<@Nullable InetAddress> address(Webhook webhook) {
        String host = webhook.url().getHost().replaceAll("^\\[|]$", "");
        boolean isLiteral = NetUtil.createByteArrayFromIpAddressString(host) != null;
        if (webhook.isThroughProxy() && !isLiteral) {
            return Future.succeededFuture();
        }
        return vertx.executeBlocking(
                () -> {
                    InetAddress[] addresses = InetAddress.getAllByName(host);
                    if (!config.webhookPrivateTargets()
                            && !Arrays.stream(addresses).allMatch(PublicAddress::isPublic)) {
                        throw new NotPublic();
                    }
                    return addresses[Math.floorMod(turn.getAndIncrement(), addresses.length)];
                },
                false);
    }

    private Future<HttpClientRequest> request(Webhook webhook, @Nullable InetAddress address) {
        var options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setSsl(webhook.isTls())
                .setHost(webhook.url().getHost())
                .setPort(webhook.port())
                .setURI(webhook.target())
                .setFollowRedirects(false);
        if (webhook.isThroughProxy()) {
            options.setProxyOptions(outbound.proxy());
        } else if (address != null) {
            options.setServer(SocketAddress.inetSocketAddress(webhook.port(), address.getHostAddress()));
        }
        return client().request(options);
    }

    /**
     * Sends nothing after the end of the attempt, by {@link System#nanoTime}: the next one may be under way.
     */
    private Future<Reply> post(HttpClientRequest request, Webhook webhook, String id, String body, long end) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0) {
            request.reset();
            return Future.failedFuture(new TimeoutException());
        }
        // After the attempt has ended as one without an answer.
        long timer = vertx.setTimer(left + 1000, late -> request.reset());
        request.response().compose(HttpClientResponse::end).onComplete(ended -> vertx.cancelTimer(timer));
        String timestamp = String.valueOf(Instant.now().getEpochSecond());
        request.putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.USER_AGENT, "MeetGate")
                .putHeader("webhook-id", id)
                .putHeader("webhook-timestamp", timestamp)
                .putHeader("webhook-signature", Signature.of(id, timestamp, body, webhook.secrets()));
        return request.send(body).map(response -> {
            readToItsEnd(request, response);
            Duration wait = RetryAfter.of(response.getHeader(HttpHeaders.RETRY_AFTER), Instant.now());
            return Reply.answered(response.statusCode(), wait);
        });
    }

    /** The body says nothing. A connection with a short one is used again. */
    private static void readToItsEnd(HttpClientRequest request, HttpClientResponse response) {
        var length = new AtomicInteger();
        response.handler(part -> {
            if (length.addAndGet(part.length()) > MOST_BYTES) {
                request.reset();
            }
        });
        response.exceptionHandler(broken -> {});
    }

    /** Made for the first event, because its certificate authorities take time. */
    private synchronized HttpClient client() {
        HttpClient known = client;
        if (known == null) {
            var options = outbound.options()
                    .setConnectTimeout(CONNECT_TIMEOUT_MILLIS)
                    .setKeepAliveTimeout(20)
                    .setIdleTimeout((int) LONGEST.toSeconds() * 2)
                    .setDecompressionSupported(false);
            known = outbound.client(options, new PoolOptions().setHttp1MaxSize(CONNECTIONS_TO_ONE));
            client = known;
        }
        return known;
    }
}
