package dev.meetgate.packaged;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A proxy that wants a password, and leads every {@code CONNECT} to one port of this machine. */
final class ConnectProxy {

    private final String credentials;
    private final int target;
    private final NetClient client;
    private final HttpServer server;
    private final List<String> authorities = new CopyOnWriteArrayList<>();

    ConnectProxy(Vertx vertx, String userAndPassword, int target) {
        this.credentials =
                "Basic " + Base64.getEncoder().encodeToString(userAndPassword.getBytes(StandardCharsets.UTF_8));
        this.target = target;
        this.client = vertx.createNetClient();
        this.server = vertx.createHttpServer()
                .requestHandler(this::answer)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    int port() {
        return server.actualPort();
    }

    /** The hosts and ports of all tunnels so far. */
    List<String> authorities() {
        return authorities;
    }

    private void answer(HttpServerRequest request) {
        if (request.method() != HttpMethod.CONNECT) {
            request.response().setStatusCode(405).end();
        } else if (!credentials.equals(request.getHeader("Proxy-Authorization"))) {
            request.response()
                    .setStatusCode(407)
                    .putHeader("Proxy-Authenticate", "Basic realm=\"proxy\"")
                    .end();
        } else {
            authorities.add(request.authority().toString());
            request.pause();
            client.connect(target, "127.0.0.1")
                    .onSuccess(onward -> request.toNetSocket().onSuccess(caller -> join(caller, onward)))
                    .onFailure(failure -> request.response().setStatusCode(502).end());
        }
    }

    static void join(NetSocket one, NetSocket other) {
        one.handler(other::write);
        other.handler(one::write);
        one.closeHandler(closed -> other.close());
        other.closeHandler(closed -> one.close());
        one.resume();
        other.resume();
    }
}
