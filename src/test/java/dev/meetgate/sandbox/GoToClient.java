package dev.meetgate.sandbox;

import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Calls a sandbox as its OAuth client, as a person's browser, and through its control API. */
final class GoToClient {

    static final String REDIRECT_URI = "http://localhost:8080/callback";
    static final String STATE = "a-state-that-nobody-guesses";
    /** Verifier and challenge are the example of RFC 7636, appendix B. */
    static final String CODE_VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    static final String CODE_CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    /** The client's id and secret contain characters that form-encoding changes. */
    static final SandboxClient CLIENT = new SandboxClient("the:client", "a %:+/é secret", List.of(REDIRECT_URI));

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI sandbox;

    GoToClient(URI sandbox) {
        this.sandbox = sandbox;
    }

    static Map<String, String> authorizationRequest() {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("response_type", "code");
        parameters.put("client_id", CLIENT.id());
        parameters.put("redirect_uri", REDIRECT_URI);
        parameters.put("scope", "collab:");
        parameters.put("state", STATE);
        parameters.put("code_challenge", CODE_CHALLENGE);
        parameters.put("code_challenge_method", "S256");
        return parameters;
    }

    HttpResponse<String> authorize(Map<String, String> parameters) {
        return get("/oauth/authorize?" + form(parameters));
    }

    /** Gets a code without a consent page. */
    String code() {
        control("PATCH", "/behaviour", new JsonObject().put("consent", "ALLOW"));
        return redirected(authorize(authorizationRequest())).get("code");
    }

    static Map<String, String> redirected(HttpResponse<String> response) {
        String location = response.headers().firstValue("Location").orElseThrow();
        return Stream.of(location.substring(location.indexOf('?') + 1).split("&"))
                .map(parameter -> parameter.split("=", 2))
                .collect(toMap(parameter -> parameter[0], parameter -> URLDecoder.decode(parameter[1], UTF_8)));
    }

    static Map<String, String> exchangeOf(String code) {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("grant_type", "authorization_code");
        parameters.put("code", code);
        parameters.put("redirect_uri", REDIRECT_URI);
        parameters.put("code_verifier", CODE_VERIFIER);
        return parameters;
    }

    JsonObject connect() {
        return json(token(exchangeOf(code())));
    }

    HttpResponse<String> refresh(String refreshToken) {
        return token(Map.of("grant_type", "refresh_token", "refresh_token", refreshToken));
    }

    HttpResponse<String> token(Map<String, String> parameters) {
        return post("/oauth/token", basic(CLIENT.id(), CLIENT.secret()), form(parameters));
    }

    HttpResponse<String> post(String path, String authorization, String form) {
        return send(request(path)
                .header("Authorization", authorization)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
    }

    HttpResponse<String> get(String path) {
        return send(request(path));
    }

    HttpResponse<String> api(String accessToken, String method, String path) {
        return send(
                request(path).header("Authorization", "Bearer " + accessToken).method(method, BodyPublishers.noBody()));
    }

    HttpResponse<String> api(String accessToken, String method, String path, JsonObject body) {
        return send(request(path)
                .header("Authorization", "Bearer " + accessToken)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body.encode())));
    }

    HttpResponse<String> control(String method, String path, JsonObject body) {
        return send(request("/control" + path).method(method, BodyPublishers.ofString(body.encode())));
    }

    JsonObject control(String path) {
        return json(get("/control" + path));
    }

    void reset() {
        control("POST", "/reset", new JsonObject());
    }

    static JsonObject json(HttpResponse<String> response) {
        return new JsonObject(response.body());
    }

    static JsonArray array(HttpResponse<String> response) {
        return new JsonArray(response.body());
    }

    static String basic(String id, String secret) {
        String credentials = URLEncoder.encode(id, UTF_8) + ":" + URLEncoder.encode(secret, UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8));
    }

    static String form(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + URLEncoder.encode(parameter.getValue(), UTF_8))
                .collect(joining("&"));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(sandbox.resolve(path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), ofString());
        } catch (IOException noAnswer) {
            throw new UncheckedIOException(noAnswer);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }
}
