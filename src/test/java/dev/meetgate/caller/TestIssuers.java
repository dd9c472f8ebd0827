package dev.meetgate.caller;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.OkpJwkGenerator;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/** A server with several issuers, each below a path of its own: metadata, and keys that a test can change. */
public final class TestIssuers {

    static final PublicJsonWebKey RSA = rsa("rsa");
    static final PublicJsonWebKey STRANGER = rsa("rsa");
    static final PublicJsonWebKey EC = ec();
    static final PublicJsonWebKey ED25519 = ed25519();

    /** How the keys of an issuer are answered. */
    enum Mood {
        WELL,
        DOWN,
        SLOW,
        NONSENSE,
        EMPTY,
        ENDLESS,
        REDIRECTING
    }

    private static final Map<String, Mood> MOODS = new ConcurrentHashMap<>();
    private static final Map<String, List<JsonWebKey>> KEYS = new ConcurrentHashMap<>();
    private static final Map<String, Integer> REQUESTS = new ConcurrentHashMap<>();
    private static final Set<String> WRITTEN = ConcurrentHashMap.newKeySet();
    private static final Set<String> READ_TO_THE_END = ConcurrentHashMap.newKeySet();
    private static final CountDownLatch NEVER = new CountDownLatch(1);
    private static final HttpServer SERVER = start();

    private TestIssuers() {}

    public static String url(String name) {
        return "http://localhost:%d/%s".formatted(SERVER.getAddress().getPort(), name);
    }

    static void is(String name, Mood mood) {
        MOODS.put(name, mood);
    }

    static void has(String name, JsonWebKey... keys) {
        KEYS.put(name, List.of(keys));
    }

    /** How often the issuer's keys were asked for. */
    public static int requests(String name) {
        return REQUESTS.getOrDefault(name, 0);
    }

    /** Whether the 100 MB of an endless answer could be written. Null as long as they are. */
    static @Nullable Boolean hasReadAll(String name) {
        return WRITTEN.contains(name) ? READ_TO_THE_END.contains(name) : null;
    }

    private static HttpServer start() {
        try {
            var server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
            server.setExecutor(Executors.newCachedThreadPool(work -> {
                var thread = new Thread(work);
                thread.setDaemon(true);
                return thread;
            }));
            server.createContext("/", TestIssuers::answer);
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void answer(HttpExchange exchange) throws IOException {
        String[] path = exchange.getRequestURI().getPath().split("/", 3);
        String name = path[1];
        if (path[2].equals(".well-known/openid-configuration")) {
            String issuer = name.equals("liar") ? url("one") : url(name);
            String keys = name.equals("plain") ? url(name).replace("localhost", "0.0.0.0") : url(name);
            send(exchange, 200, "{\"issuer\": \"%s\", \"jwks_uri\": \"%s/keys\"}".formatted(issuer, keys));
            return;
        }
        REQUESTS.merge(name, 1, Integer::sum);
        switch (MOODS.getOrDefault(name, Mood.WELL)) {
            case WELL -> send(exchange, 200, keys(name));
            case DOWN -> send(exchange, 503, "down");
            case NONSENSE -> send(exchange, 200, "<html>Sign in</html>");
            case EMPTY -> send(exchange, 200, "{\"keys\": []}");
            case REDIRECTING -> {
                exchange.getResponseHeaders().set("Location", url("one") + "/keys");
                send(exchange, 302, "");
            }
            case ENDLESS -> {
                exchange.sendResponseHeaders(200, 0);
                try (var body = exchange.getResponseBody()) {
                    for (int part = 0; part < 10_000; part++) {
                        body.write(new byte[10_000]);
                    }
                    READ_TO_THE_END.add(name);
                } finally {
                    WRITTEN.add(name);
                }
            }
            case SLOW -> {
                exchange.sendResponseHeaders(200, 0);
                exchange.getResponseBody().write('{');
                exchange.getResponseBody().flush();
                try {
                    NEVER.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    private static String keys(String name) {
        return new JsonWebKeySet(KEYS.getOrDefault(name, List.of(RSA, EC, ED25519)))
                .toJson(JsonWebKey.OutputControlLevel.INCLUDE_SYMMETRIC);
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** A good access token of this issuer for MeetGate. */
    public static JwtClaims claims(String name) {
        var claims = new JwtClaims();
        claims.setIssuer(url(name));
        claims.setAudience("meetgate");
        claims.setSubject("billing");
        claims.setIssuedAtToNow();
        claims.setExpirationTimeMinutesInTheFuture(5);
        return claims;
    }

    public static String signed(JwtClaims claims) {
        return signed(claims, RSA, "RS256");
    }

    static String signed(JwtClaims claims, PublicJsonWebKey key, String algorithm) {
        var token = unsigned(claims, key, algorithm);
        token.setKey(key.getPrivateKey());
        return compact(token);
    }

    static JsonWebSignature unsigned(JwtClaims claims, JsonWebKey key, String algorithm) {
        var token = new JsonWebSignature();
        token.setPayload(claims.toJson());
        token.setAlgorithmHeaderValue(algorithm);
        token.setKeyIdHeaderValue(key.getKeyId());
        token.setHeader("typ", "at+jwt");
        return token;
    }

    static String compact(JsonWebSignature token) {
        try {
            return token.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    static PublicJsonWebKey rsa(String id) {
        try {
            return identified(RsaJwkGenerator.generateJwk(2048), id);
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static PublicJsonWebKey ec() {
        try {
            return identified(EcJwkGenerator.generateJwk(EllipticCurves.P256), "ec");
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static PublicJsonWebKey ed25519() {
        try {
            return identified(OkpJwkGenerator.generateJwk("Ed25519"), "ed25519");
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static PublicJsonWebKey identified(PublicJsonWebKey key, String id) {
        key.setKeyId(id);
        return key;
    }
}
