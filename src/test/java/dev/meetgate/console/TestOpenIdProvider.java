package dev.meetgate.console;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.meetgate.secret.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.lang.JoseException;

/**
 * An OpenID provider at which everybody is signed in at once. It is strict about the client, the redirect URI, PKCE
 * and the one use of a code, and a test can change its ID tokens.
 */
final class TestOpenIdProvider {

    static final String CLIENT = "console+client";
    static final String SECRET = "a secret: 100% +/=&";

    private record Grant(String redirectUri, String challenge, String nonce) {}

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PROPERTY = "test.openid-provider";

    private final Map<String, Grant> grants = new HashMap<>();
    private final RsaJsonWebKey key = rsa();
    private final RsaJsonWebKey stranger = rsa();

    volatile Consumer<JwtClaims> idToken = claims -> {};
    volatile Map<String, Object> accessToken = Map.of();
    volatile Map<String, String> metadata = Map.of();
    volatile String algorithm = "RS256";
    volatile boolean isForged;
    volatile boolean isDown;
    volatile boolean hasNoKeys;
    volatile String keyId = "one";
    volatile String secret = SECRET;

    private TestOpenIdProvider() {}

    /** One of each class loader. Its address is the same for all. */
    static final TestOpenIdProvider INSTANCE = new TestOpenIdProvider();

    static String url() {
        return "http://localhost:" + port();
    }

    /** Quarkus asks for settings before it runs the test, in another class loader. */
    static int port() {
        if (System.getProperty(PROPERTY) == null) {
            try (var socket = new java.net.ServerSocket(0)) {
                System.setProperty(PROPERTY, String.valueOf(socket.getLocalPort()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return Integer.parseInt(System.getProperty(PROPERTY));
    }

    HttpServer start() {
        try {
            var server = HttpServer.create(new InetSocketAddress("127.0.0.1", port()), 0);
            server.createContext("/", this::answer);
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void reset() {
        idToken = claims -> claims.setClaim("groups", List.of("meetgate-operators"));
        accessToken = Map.of();
        metadata = Map.of();
        algorithm = "RS256";
        isForged = false;
        isDown = false;
        hasNoKeys = false;
        keyId = "one";
        secret = SECRET;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (isDown || (hasNoKeys && path.equals("/keys"))) {
            send(exchange, 503, "down");
            return;
        }
        switch (path) {
            case "/.well-known/openid-configuration" -> {
                var all = new HashMap<>(Map.of(
                        "issuer", url(),
                        "authorization_endpoint", url() + "/authorize?tenant=test",
                        "token_endpoint", url() + "/token",
                        "jwks_uri", url() + "/keys"));
                all.putAll(metadata);
                send(exchange, 200, JSON.writeValueAsString(all));
            }
            case "/keys" ->
                send(exchange, 200, new JsonWebKeySet(List.of(key)).toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY));
            case "/authorize" -> authorize(exchange);
            case "/token" -> token(exchange);
            default -> send(exchange, 404, path);
        }
    }

    private void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> query = fields(exchange.getRequestURI().getRawQuery());
        boolean isFit = CLIENT.equals(query.get("client_id"))
                && "code".equals(query.get("response_type"))
                && "S256".equals(query.get("code_challenge_method"))
                && query.get("scope").startsWith("openid")
                && "test".equals(query.get("tenant"));
        if (!isFit) {
            send(exchange, 400, query.toString());
            return;
        }
        String code = UUID.randomUUID().toString();
        grants.put(code, new Grant(query.get("redirect_uri"), query.get("code_challenge"), query.get("nonce")));
        exchange.getResponseHeaders()
                .set(
                        "Location",
                        query.get("redirect_uri") + "?code=" + code + "&state=" + query.get("state") + "&iss="
                                + URLEncoder.encode(url(), StandardCharsets.UTF_8));
        send(exchange, 302, "");
    }

    private void token(HttpExchange exchange) throws IOException {
        Map<String, String> form = fields(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        if (!secret.equals(SECRET)) {
            send(exchange, 401, "{\"error\": \"invalid_client\"}");
            return;
        }
        String basic = encoded(CLIENT) + ":" + encoded(SECRET);
        Grant grant = grants.remove(form.get("code"));
        boolean isFit = grant != null
                && ("Basic " + Base64.getEncoder().encodeToString(basic.getBytes(StandardCharsets.UTF_8)))
                        .equals(exchange.getRequestHeaders().getFirst("Authorization"))
                && "authorization_code".equals(form.get("grant_type"))
                && grant.redirectUri().equals(form.get("redirect_uri"))
                && grant.challenge()
                        .equals(Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(Sha256.of(form.get("code_verifier"))));
        if (!isFit) {
            send(exchange, 400, "{\"error\": \"invalid_grant\"}");
            return;
        }
        var claims = claims();
        claims.setAudience(CLIENT);
        claims.setClaim("nonce", grant.nonce());
        claims.setClaim("preferred_username", "olga");
        idToken.accept(claims);
        var access = claims();
        access.setAudience("account");
        accessToken.forEach(access::setClaim);
        send(
                exchange,
                200,
                JSON.writeValueAsString(Map.of(
                        "token_type",
                        "Bearer",
                        "expires_in",
                        300,
                        "id_token",
                        signed(claims, isForged ? stranger : key),
                        "access_token",
                        accessToken.isEmpty() ? "opaque-canary" : signed(access, key))));
    }

    private static JwtClaims claims() {
        var claims = new JwtClaims();
        claims.setIssuer(url());
        claims.setSubject("olga-id");
        claims.setIssuedAtToNow();
        claims.setExpirationTimeMinutesInTheFuture(5);
        return claims;
    }

    private String signed(JwtClaims claims, RsaJsonWebKey key) {
        var token = new JsonWebSignature();
        token.setPayload(claims.toJson());
        token.setAlgorithmHeaderValue(algorithm);
        token.setKeyIdHeaderValue(keyId);
        token.setKey(key.getPrivateKey());
        try {
            return token.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RsaJsonWebKey rsa() {
        try {
            RsaJsonWebKey key = RsaJwkGenerator.generateJwk(2048);
            key.setKeyId("one");
            return key;
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> fields(String text) {
        return Arrays.stream(text.split("&"))
                .map(field -> field.split("=", 2))
                .collect(Collectors.toMap(
                        field -> URLDecoder.decode(field[0], StandardCharsets.UTF_8),
                        field -> URLDecoder.decode(field[1], StandardCharsets.UTF_8)));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    /** Where a redirect of MeetGate leads, without its query. */
    static String place(String location) {
        URI uri = URI.create(location);
        return uri.getScheme() == null ? uri.getPath() : uri.getScheme() + "://" + uri.getAuthority() + uri.getPath();
    }
}
