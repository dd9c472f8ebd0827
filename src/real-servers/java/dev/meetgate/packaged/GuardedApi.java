package dev.meetgate.packaged;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The part of GoTo's API that these tests call. It asks the authorization server whether a token is valid.
 */
final class GuardedApi implements AutoCloseable {

    private final RealServer authorizationServer;
    private final HttpServer http;
    private final ExecutorService threads = Executors.newFixedThreadPool(16);
    private volatile String lastToken = "";
    private volatile String refusedToken = "none";

    GuardedApi(RealServer authorizationServer) throws IOException {
        this.authorizationServer = authorizationServer;
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(threads);
        http.createContext("/admin/rest/v1/me", exchange -> serve(exchange, "{\"email\": \"jane@example.com\"}"));
        http.createContext("/G2M/rest/upcomingMeetings", exchange -> serve(exchange, "[]"));
        http.start();
    }

    private void serve(HttpExchange exchange, String json) throws IOException {
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        lastToken = authorization.replaceFirst("^Bearer ", "");
        boolean honoured = !lastToken.equals(refusedToken) && authorizationServer.honours(lastToken);
        byte[] body = (honoured ? json : "{}").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(honoured ? 200 : 401, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    /** The access token of the last request. */
    String lastToken() {
        return lastToken;
    }

    /** Refuses the last access token, as if it had expired early. */
    void refuseLastToken() {
        refusedToken = lastToken;
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdown();
    }
}
