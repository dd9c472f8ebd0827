package dev.meetgate.sandbox;

import static dev.meetgate.sandbox.GoToClient.CLIENT;
import static dev.meetgate.sandbox.GoToClient.CODE_VERIFIER;
import static dev.meetgate.sandbox.GoToClient.REDIRECT_URI;
import static dev.meetgate.sandbox.GoToClient.STATE;
import static dev.meetgate.sandbox.GoToClient.array;
import static dev.meetgate.sandbox.GoToClient.authorizationRequest;
import static dev.meetgate.sandbox.GoToClient.basic;
import static dev.meetgate.sandbox.GoToClient.exchangeOf;
import static dev.meetgate.sandbox.GoToClient.form;
import static dev.meetgate.sandbox.GoToClient.json;
import static dev.meetgate.sandbox.GoToClient.redirected;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SandboxAuthorizationServerTest extends RunningSandbox {

    @Test
    void issuesACodeWhenThePersonAllows() {
        Map<String, String> answer = decide("allow");

        assertTrue(answer.get("code").startsWith("sbx-code-"));
        assertEquals(STATE, answer.get("state"));
        assertEquals(sandbox.url().toString(), answer.get("iss"));
    }

    @Test
    void issuesNoCodeWhenThePersonDenies() {
        Map<String, String> answer = decide("deny");

        assertEquals("access_denied", answer.get("error"));
        assertEquals(STATE, answer.get("state"));
        assertFalse(answer.containsKey("code"));
    }

    @Test
    void acceptsOneDecisionForEachPage() {
        String page = client.authorize(authorizationRequest()).body();

        assertEquals(302, submit(page, "allow").statusCode());
        assertEquals(400, submit(page, "allow").statusCode());
    }

    @ParameterizedTest
    @CsvSource({"client_id, someone-else", "redirect_uri, http://localhost:8080/callback/", "redirect_uri, ''"})
    void refusesUnknownClientsWithoutARedirect(String parameter, String value) {
        HttpResponse<String> answer = client.authorize(authorizationRequestWith(parameter, value));

        assertEquals(400, answer.statusCode());
        assertTrue(answer.headers().firstValue("Location").isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "response_type, token, unsupported_response_type",
        "state, '', invalid_request",
        "code_challenge, too-short, invalid_request",
        "code_challenge_method, plain, invalid_request",
        "scope, collab: everything, invalid_scope",
        "scope, '', invalid_scope"
    })
    void reportsAnInvalidRequestToTheClient(String parameter, String value, String error) {
        assertEquals(
                error,
                redirected(client.authorize(authorizationRequestWith(parameter, value)))
                        .get("error"));
    }

    @Test
    void refusesARepeatedParameter() {
        HttpResponse<String> answer = client.get("/oauth/authorize?scope=collab:&" + form(authorizationRequest()));

        assertEquals("invalid_request", redirected(answer).get("error"));
        assertEquals(STATE, redirected(answer).get("state"));
    }

    @Test
    void issuesTokensForACode() {
        JsonObject tokens = client.connect();

        assertTrue(tokens.getString("access_token").startsWith("sbx-at."));
        assertTrue(tokens.getString("refresh_token").startsWith("sbx-rt-"));
        assertEquals("Bearer", tokens.getString("token_type"));
        assertEquals(3600, tokens.getInteger("expires_in"));
        assertEquals("collab:", tokens.getString("scope"));
        assertEquals("jane.doe@example.com", tokens.getString("principal"));
    }

    @Test
    void revokesTheGrantWhenACodeIsReused() {
        String code = client.code();
        String accessToken = json(client.token(exchangeOf(code))).getString("access_token");

        assertError(400, "invalid_grant", client.token(exchangeOf(code)));
        assertEquals(403, client.api(accessToken, "GET", "/admin/rest/v1/me").statusCode());
    }

    @Test
    void refusesAnExpiredCode() {
        client.control("PATCH", "/behaviour", new JsonObject().put("codeLifetimeSeconds", 0));

        assertError(400, "invalid_grant", client.token(exchangeOf(client.code())));
    }

    @ParameterizedTest
    @CsvSource({
        "code, sbx-code-invented",
        "redirect_uri, http://127.0.0.1:8080/callback",
        "code_verifier, too-short",
        "code_verifier, dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXj"
    })
    void refusesACodeWithAWrongRedirectUriOrVerifier(String parameter, String value) {
        Map<String, String> exchange = exchangeOf(client.code());
        exchange.put(parameter, value);

        assertError(400, "invalid_grant", client.token(exchange));
    }

    @Test
    void usesUpACodeEvenWhenItIsRefused() {
        String code = client.code();
        Map<String, String> exchange = exchangeOf(code);
        exchange.put("code_verifier", "x".repeat(43));
        client.token(exchange);

        assertError(400, "invalid_grant", client.token(exchangeOf(code)));
    }

    @Test
    void refusesClientCredentialsThatAreNotFormEncoded() {
        String raw = Base64.getEncoder().encodeToString((CLIENT.id() + ":" + CLIENT.secret()).getBytes(UTF_8));

        assertError(
                401, "invalid_client", client.post("/oauth/token", "Basic " + raw, form(exchangeOf(client.code()))));
    }

    @Test
    void refusesAWrongClientSecret() {
        HttpResponse<String> answer =
                client.post("/oauth/token", basic(CLIENT.id(), "wrong"), form(exchangeOf(client.code())));

        assertError(401, "invalid_client", answer);
        assertEquals("client not found", json(answer).getString("error_description"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"&client_secret=a", "&code=twice"})
    void refusesATokenRequestWithExtraParameters(String more) {
        String form = form(exchangeOf(client.code())) + more;

        assertError(400, "invalid_request", client.post("/oauth/token", basic(CLIENT.id(), CLIENT.secret()), form));
    }

    @Test
    void refusesOtherGrantTypes() {
        assertError(401, "unauthorized_client", client.token(Map.of("grant_type", "client_credentials")));
    }

    @Test
    void rotatesTheRefreshToken() {
        JsonObject first = client.connect();
        JsonObject second = json(client.refresh(first.getString("refresh_token")));

        assertNotEquals(first.getString("refresh_token"), second.getString("refresh_token"));
        assertEquals(
                403,
                client.api(first.getString("access_token"), "GET", "/admin/rest/v1/me")
                        .statusCode());
        assertEquals(
                200,
                client.api(second.getString("access_token"), "GET", "/admin/rest/v1/me")
                        .statusCode());
    }

    @Test
    void revokesTheGrantWhenARefreshTokenIsReused() {
        String stolen = client.connect().getString("refresh_token");
        String next = json(client.refresh(stolen)).getString("refresh_token");

        assertError(400, "invalid_grant", client.refresh(stolen));
        assertError(400, "invalid_grant", client.refresh(next));
        assertEquals(1, client.control("/log").getInteger("reuses"));
    }

    @Test
    void keepsTheRefreshTokenWhenRotationIsOff() {
        client.control("PATCH", "/behaviour", new JsonObject().put("rotation", "STABLE"));
        String refreshToken = client.connect().getString("refresh_token");

        assertFalse(json(client.refresh(refreshToken)).containsKey("refresh_token"));
        assertEquals(200, client.refresh(refreshToken).statusCode());
    }

    @Test
    void revokesAGrantByItsRefreshToken() {
        JsonObject tokens = client.connect();

        assertEquals(200, revoke(tokens.getString("refresh_token")).statusCode());
        assertError(400, "invalid_grant", client.refresh(tokens.getString("refresh_token")));
        assertEquals(
                403,
                client.api(tokens.getString("access_token"), "GET", "/admin/rest/v1/me")
                        .statusCode());
    }

    @Test
    void revokesASingleAccessToken() {
        JsonObject tokens = client.connect();

        assertEquals(200, revoke(tokens.getString("access_token")).statusCode());
        assertEquals(
                403,
                client.api(tokens.getString("access_token"), "GET", "/admin/rest/v1/me")
                        .statusCode());
        assertEquals(200, client.refresh(tokens.getString("refresh_token")).statusCode());
    }

    @Test
    void countsAnUnknownTokenAsRevoked() {
        assertEquals(200, revoke("never-issued").statusCode());
    }

    @Test
    void remembersEverySecret() {
        JsonObject tokens = client.connect();
        var secrets = array(client.get("/control/secrets"));

        assertTrue(secrets.contains(STATE));
        assertTrue(secrets.contains(CODE_VERIFIER));
        assertTrue(secrets.contains(tokens.getString("access_token")));
        assertTrue(secrets.contains(tokens.getString("refresh_token")));
    }

    private static HttpResponse<String> revoke(String token) {
        return client.post("/oauth/revoke", basic(CLIENT.id(), CLIENT.secret()), form(Map.of("token", token)));
    }

    private static Map<String, String> decide(String decision) {
        HttpResponse<String> answer =
                submit(client.authorize(authorizationRequest()).body(), decision);
        assertTrue(answer.headers().firstValue("Location").orElseThrow().startsWith(REDIRECT_URI + "?"));
        return redirected(answer);
    }

    private static HttpResponse<String> submit(String page, String decision) {
        Matcher request = Pattern.compile("name=\"request\" value=\"([^\"]+)\"").matcher(page);
        assertTrue(request.find());
        return client.post(
                "/oauth/decision",
                "none",
                form(Map.of("request", request.group(1), "account", "sam.lee@example.com", "decision", decision)));
    }

    private static Map<String, String> authorizationRequestWith(String parameter, String value) {
        Map<String, String> parameters = authorizationRequest();
        parameters.put(parameter, value);
        return parameters;
    }

    private static void assertError(int status, String error, HttpResponse<String> answer) {
        assertEquals(status, answer.statusCode());
        assertEquals(error, json(answer).getString("error"));
    }
}
