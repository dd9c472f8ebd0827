package dev.meetgate.sandbox;

import static dev.meetgate.sandbox.GoToClient.authorizationRequest;
import static dev.meetgate.sandbox.GoToClient.exchangeOf;
import static dev.meetgate.sandbox.GoToClient.json;
import static dev.meetgate.sandbox.GoToClient.redirected;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meetgate.Concurrently;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SandboxControlTest extends RunningSandbox {

    private static final String ME = "/admin/rest/v1/me";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'rotatoin': 'STABLE'}",
                "{'rotation': 'SOMETIMES'}",
                "{'tokenLifetimeSeconds': 'long'}",
                "{'tokenLifetimeSeconds': null}",
                "{'consent': 'Perhaps'}",
                "{'consentAccount': 'nobody@example.com'}"
            })
    void refusesUnknownSettings(String patch) {
        JsonObject before = client.control("/behaviour");

        assertEquals(
                400,
                client.control("PATCH", "/behaviour", new JsonObject(patch.replace('\'', '"')))
                        .statusCode());
        assertEquals(before, client.control("/behaviour"));
    }

    @ParameterizedTest
    @CsvSource({"DENY, access_denied", "server_error, server_error"})
    void decidesWithoutTheConsentPage(String consent, String error) {
        client.control("PATCH", "/behaviour", new JsonObject().put("consent", consent));

        assertEquals(error, redirected(client.authorize(authorizationRequest())).get("error"));
    }

    @Test
    void sendsAFalseIssuerOrNone() {
        client.control(
                "PATCH", "/behaviour", new JsonObject().put("consent", "ALLOW").put("issuer", "https://evil.example"));
        assertEquals(
                "https://evil.example",
                redirected(client.authorize(authorizationRequest())).get("iss"));

        client.control("PATCH", "/behaviour", new JsonObject().put("sendIssuer", false));
        assertFalse(redirected(client.authorize(authorizationRequest())).containsKey("iss"));
    }

    @Test
    void omitsMembersOfTheTokenResponse() {
        client.control(
                "PATCH",
                "/behaviour",
                new JsonObject()
                        .put("omitScope", true)
                        .put("omitExpiresIn", true)
                        .put("tokenType", "mac"));
        JsonObject tokens = client.connect();

        assertFalse(tokens.containsKey("scope"));
        assertFalse(tokens.containsKey("expires_in"));
        assertEquals("mac", tokens.getString("token_type"));
    }

    @Test
    void redirectsToAnAddedUri() {
        String redirectUri = "http://localhost:1234/callback?tenant=a";
        Map<String, String> request = authorizationRequest();
        request.put("redirect_uri", redirectUri);
        client.control("POST", "/redirect-uris", new JsonObject().put("add", redirectUri));
        client.control("PATCH", "/behaviour", new JsonObject().put("consent", "ALLOW"));

        String location =
                client.authorize(request).headers().firstValue("Location").orElseThrow();

        assertTrue(location.startsWith(redirectUri + "&"));
    }

    @Test
    void expiresTheAccessTokensOfOneAccount() {
        JsonObject tokens = client.connect();
        client.control("POST", "/expire", new JsonObject().put("account", "sam.lee@example.com"));
        assertEquals(200, me(tokens).statusCode());

        client.control("POST", "/expire", new JsonObject().put("account", "jane.doe@example.com"));

        assertEquals(403, me(tokens).statusCode());
        assertEquals(200, client.refresh(tokens.getString("refresh_token")).statusCode());
    }

    @Test
    void revokesGrants() {
        JsonObject tokens = client.connect();

        client.control("POST", "/revoke", new JsonObject());

        assertEquals(403, me(tokens).statusCode());
        assertEquals(400, client.refresh(tokens.getString("refresh_token")).statusCode());
        assertEquals(
                false,
                client.control("/grants")
                        .getJsonArray("grants")
                        .getJsonObject(0)
                        .getBoolean("alive"));
    }

    @Test
    void failsForAGivenNumberOfRequests() {
        JsonObject tokens = client.connect();
        fault("{'endpoint': 'me', 'kind': 'STATUS', 'status': 429, 'times': 2, 'retryAfter': '2'}");

        assertEquals("2", me(tokens).headers().firstValue("Retry-After").orElseThrow());
        assertEquals(429, me(tokens).statusCode());
        assertEquals(200, me(tokens).statusCode());
    }

    @Test
    void failsUntilFaultsAreCleared() {
        JsonObject tokens = client.connect();
        fault("{'endpoint': 'me', 'kind': 'STATUS', 'times': 0, 'body': {'errorCode': 'DOWN'}}");

        for (int call = 0; call < 5; call++) {
            assertEquals("DOWN", json(me(tokens)).getString("errorCode"));
        }
        client.control("DELETE", "/faults", new JsonObject());
        assertEquals(200, me(tokens).statusCode());
    }

    @Test
    void resetsTheConnectionBeforeTheRequestIsExecuted() {
        String refreshToken = client.connect().getString("refresh_token");
        fault("{'endpoint': 'token', 'kind': 'RESET'}");

        assertThrows(UncheckedIOException.class, () -> client.refresh(refreshToken));
        assertEquals(200, client.refresh(refreshToken).statusCode());
    }

    @Test
    void resetsTheConnectionAfterTheRequestIsExecuted() {
        String refreshToken = client.connect().getString("refresh_token");
        fault("{'endpoint': 'token', 'kind': 'RESET_AFTER'}");

        assertThrows(UncheckedIOException.class, () -> client.refresh(refreshToken));
        assertEquals(400, client.refresh(refreshToken).statusCode());
    }

    @Test
    void sendsHalfOfAnAnswer() {
        JsonObject tokens = client.connect();
        fault("{'endpoint': 'me', 'kind': 'HALF'}");

        assertThrows(UncheckedIOException.class, () -> me(tokens));
    }

    @Test
    void delaysAnAnswer() {
        JsonObject tokens = client.connect();
        fault("{'endpoint': 'me', 'kind': 'SLOW', 'delayMillis': 200}");
        long before = System.nanoTime();

        assertEquals(200, me(tokens).statusCode());
        assertTrue(System.nanoTime() - before >= 200_000_000L);
    }

    @Test
    void answersWithUnexpectedBodies() {
        JsonObject tokens = client.connect();
        for (String kind : List.of("EMPTY", "HTML", "NONSENSE", "HUGE")) {
            fault("{'endpoint': 'me', 'kind': '%s'}".formatted(kind));
        }

        assertEquals("", me(tokens).body());
        assertThrows(DecodeException.class, () -> json(me(tokens)));
        assertEquals("world", json(me(tokens)).getString("hello"));
        assertTrue(me(tokens).body().length() > 10_000_000);
    }

    @Test
    void echoesTheRequestWithOrWithoutTheToken() {
        JsonObject tokens = client.connect();
        fault("{'endpoint': 'me', 'kind': 'ECHO_TOKEN'}");
        fault("{'endpoint': 'me', 'kind': 'ECHO'}");

        assertEquals(
                "Bearer " + tokens.getString("access_token"),
                json(me(tokens)).getJsonObject("headers").getString("authorization"));
        JsonObject echo = json(me(tokens));
        assertEquals("GET " + ME, echo.getString("method") + " " + echo.getString("uri"));
        assertFalse(echo.getJsonObject("headers").containsKey("authorization"));
    }

    @Test
    void answersWithGivenHeaders() {
        JsonObject tokens = client.connect();
        fault("{'endpoint': 'me', 'kind': 'STATUS', 'status': 302, 'headers': {'Location': 'http://localhost/'}}");

        assertEquals(
                "http://localhost/", me(tokens).headers().firstValue("Location").orElseThrow());
    }

    @Test
    void repeatsTheAccessTokenMember() {
        String code = client.code();
        fault("{'endpoint': 'token', 'kind': 'DUPLICATE_KEYS'}");

        assertEquals(3, client.token(exchangeOf(code)).body().split("\"access_token\"").length);
    }

    @Test
    void refusesUnknownFaults() {
        assertEquals(
                400,
                client.control(
                                "POST",
                                "/faults",
                                new JsonObject().put("endpoint", "token").put("kind", "MOOD"))
                        .statusCode());
        assertEquals(
                400,
                client.control("POST", "/faults", new JsonObject().put("kind", "SLOW"))
                        .statusCode());
    }

    @Test
    void limitsRequestsPerSecond() {
        JsonObject tokens = client.connect();
        client.control(
                "PATCH",
                "/behaviour",
                new JsonObject().put("requestsPerSecond", 2).put("retryAfter", "1"));

        List<String> answers = Concurrently.run(4, call -> me(tokens)).stream()
                .map(answer -> answer.statusCode()
                        + answer.headers().firstValue("Retry-After").orElse(""))
                .sorted()
                .toList();
        assertEquals(List.of("200", "200", "4291", "4291"), answers);
        assertEquals(4, client.control("/log?endpoint=me").getInteger("peakPerSecond"));
    }

    @Test
    void logsRequestsWithoutSecrets() {
        JsonObject tokens = client.connect();
        client.refresh(tokens.getString("refresh_token"));

        JsonObject log = client.control("/log?endpoint=token");
        JsonObject refresh = log.getJsonArray("requests").getJsonObject(1);

        assertEquals(2, log.getJsonArray("requests").size());
        assertEquals("refresh_token", refresh.getString("grantType"));
        assertEquals("jane.doe@example.com", refresh.getString("account"));
        assertEquals(200, refresh.getInteger("status"));
        assertFalse(client.control("/log").encode().contains("sbx-"));
    }

    @Test
    void servesConcurrentCallers() {
        JsonObject tokens = client.connect();
        List<Integer> statuses = IntStream.range(0, 64)
                .parallel()
                .mapToObj(call -> me(tokens).statusCode())
                .toList();

        assertTrue(statuses.stream().allMatch(status -> status == 200));
        assertEquals(
                64, client.control("/log?endpoint=me").getJsonArray("requests").size());
    }

    @Test
    void forgetsEverythingOnReset() {
        JsonObject tokens = client.connect();
        client.reset();

        assertEquals(403, me(tokens).statusCode());
        assertEquals("ASK", client.control("/behaviour").getString("consent"));
        assertTrue(client.control("/grants").getJsonArray("grants").isEmpty());
        assertEquals(1, client.control("/log").getJsonArray("requests").size());
    }

    private static HttpResponse<String> me(JsonObject tokens) {
        return client.api(tokens.getString("access_token"), "GET", ME);
    }

    private static void fault(String json) {
        assertEquals(
                204,
                client.control("POST", "/faults", new JsonObject(json.replace('\'', '"')))
                        .statusCode());
    }
}
