package dev.meetgate.vault;

import static dev.meetgate.Api.asDemo;
import static dev.meetgate.Api.connectLink;
import static dev.meetgate.Api.connectedUser;
import static dev.meetgate.Api.freshUser;
import static dev.meetgate.Api.generation;
import static dev.meetgate.Api.meetings;
import static dev.meetgate.Api.planning;
import static dev.meetgate.Api.walk;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meetgate.Await;
import dev.meetgate.Browser;
import dev.meetgate.Concurrently;
import dev.meetgate.Database;
import dev.meetgate.Sandbox;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class RefreshTest {

    private static final String REFRESH = "refresh_token";
    private static final Duration LONGER_THAN_A_LEASE = Duration.ofSeconds(90);

    @BeforeEach
    void reset() {
        Sandbox.reset();
    }

    @ParameterizedTest
    @CsvSource({
        "UNAUTHORIZED, ROTATING",
        "FORBIDDEN_INVALID_TOKEN, ROTATING",
        "EMPTY_CHALLENGE, ROTATING",
        "FORBIDDEN_INVALID_TOKEN, STABLE",
    })
    @Tag("thorough")
    void refreshesARejectedTokenOnceAndRepeatsTheCall(String rejection, String rotation) {
        Sandbox.set("rejection", rejection);
        Sandbox.set("rotation", rotation);
        String user = connectedUser();
        for (int generation = 2; generation < 5; generation++) {
            Sandbox.expireAccessTokens();
            int before = Sandbox.requests("api");

            meetings(user).then().statusCode(200);

            assertEquals(before + 2, Sandbox.requests("api"));
            assertEquals(generation - 1, Sandbox.tokenRequests(REFRESH));
            assertEquals(generation, generation(user));
        }
        assertEquals(0, Sandbox.reuses());
    }

    @Test
    void refreshesOnceForConcurrentRejections() {
        String user = connectedUser();
        Sandbox.expireAccessTokens();

        assertEquals(Collections.nCopies(16, 200), Concurrently.run(16, caller -> meetings(user)
                .statusCode()));
        assertEquals(1, Sandbox.tokenRequests(REFRESH));
        assertEquals(0, Sandbox.reuses());
        assertEquals(2, generation(user));
    }

    @Test
    void refreshesAStaleTokenOnceForConcurrentCalls() {
        Sandbox.set("tokenLifetimeSeconds", 0);
        String user = connectedUser();
        Sandbox.set("tokenLifetimeSeconds", 3600);
        int before = Sandbox.requests("api");

        assertEquals(Collections.nCopies(16, 200), Concurrently.run(16, caller -> meetings(user)
                .statusCode()));
        assertEquals(1, Sandbox.tokenRequests(REFRESH));
        assertEquals(before + 16, Sandbox.requests("api"));
    }

    @Test
    void repeatsACreationAfterARejectedToken() {
        String user = connectedUser();
        Sandbox.expireAccessTokens();

        asDemo().body(planning()).post("/v1/users/{user}/meetings", user).then().statusCode(201);
        meetings(user).then().body("items.size()", equalTo(1));
    }

    @Test
    void doesNotRefreshAfterAnOrdinary403() {
        String user = connectedUser();
        Sandbox.fault("api", "STATUS", Map.of("status", 403, "body", Map.of("errorCode", "AUTHZ_INSUFFICIENT_SCOPE")));

        meetings(user)
                .then()
                .statusCode(403)
                .body("code", equalTo("forbidden-by-goto"))
                .body("gotoStatus", equalTo(403));
        assertEquals(0, Sandbox.tokenRequests(REFRESH));
    }

    @Test
    void repeatsARejectedCallOnlyOnce() {
        String user = connectedUser();
        Sandbox.fault("api", "STATUS", Map.of("status", 401, "times", 3));

        meetings(user)
                .then()
                .statusCode(403)
                .body("code", equalTo("forbidden-by-goto"))
                .body("gotoStatus", equalTo(401));
        assertEquals(1, Sandbox.tokenRequests(REFRESH));
        asDemo().get("/v1/users/{user}/connection", user).then().body("status", equalTo("CONNECTED"));
    }

    @Test
    void leavesOtherUsersTokensAlone() {
        String alice = connectedUser();
        String bob = connectedUser();
        Sandbox.expireAccessTokens();

        meetings(alice).then().statusCode(200);
        assertEquals(2, generation(alice));
        assertEquals(1, generation(bob));
    }

    @ParameterizedTest
    @ValueSource(strings = {"invalid_grant", "invalid_request"})
    void asksForAReconnectAndStopsCallingGoToWhenTheGrantIsDead(String error) {
        String user = connectedUser();
        Sandbox.expireAccessTokens();
        Sandbox.fault("token", "STATUS", Map.of("status", 400, "body", Map.of("error", error)));

        String connectUrl = meetings(user)
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("code", equalTo("reconnect-required"))
                .body("connectUrl", startsWith("http://localhost:8080/connect/"))
                .extract()
                .path("connectUrl");
        asDemo().get("/v1/users/{user}/connection", user)
                .then()
                .body("status", equalTo("RECONNECT_REQUIRED"))
                .body("reason", equalTo("REVOKED"));

        int requests = Sandbox.requests("api") + Sandbox.requests("token");
        meetings(user).then().statusCode(409);
        assertEquals(requests, Sandbox.requests("api") + Sandbox.requests("token"));

        assertTrue(walk(new Browser(), connectUrl).endsWith("/connected?status=connected"));
        meetings(user).then().statusCode(200);
    }

    /** The refresh token may be spent then: it is sent again when the lease has run out. */
    @ParameterizedTest
    @ValueSource(strings = {"HUGE", "ENDLESS"})
    @Tag("thorough")
    void stopsReadingATokenResponseThatIsTooLong(String kind) {
        Sandbox.set("rotation", "STABLE");
        String user = connectedUser();
        Sandbox.expireAccessTokens();
        Sandbox.fault("token", kind, Map.of());

        meetings(user).then().statusCode(503).body("code", equalTo("goto-unavailable"));

        Await.until(LONGER_THAN_A_LEASE, () -> meetings(user).statusCode() == 200);
    }

    /** GoTo rejects a token that expires at once. */
    @Test
    void refreshesOnceEvenIfTheNewTokenIsRejectedToo() {
        String user = connectedUser();
        Sandbox.expireAccessTokens();
        Sandbox.set("tokenLifetimeSeconds", 0);

        meetings(user).then().statusCode(403);

        assertEquals(1, Sandbox.tokenRequests(REFRESH));
    }

    @Test
    void asksForAReconnectWhenTheUserRemovedTheAppAtGoTo() {
        String user = connectedUser();
        Sandbox.revokeGrants();

        meetings(user).then().statusCode(409).body("code", equalTo("reconnect-required"));
    }

    @ParameterizedTest
    @CsvSource({
        "STATUS, 401, invalid_client",
        "STATUS, 401, unauthorized_client",
        "STATUS, 500, server_error",
        "STATUS, 503, x",
        "STATUS, 429, x",
        "RESET, 0, x",
        "EMPTY, 0, x",
        "HTML, 0, x",
        "NONSENSE, 0, x",
        "HALF, 0, x",
        "DUPLICATE_KEYS, 0, x",
    })
    @Tag("thorough")
    void keepsTheConnectionWhenTheTokenEndpointFails(String kind, int status, String error) {
        Sandbox.set("rotation", "STABLE");
        String user = connectedUser();
        Sandbox.expireAccessTokens();
        Sandbox.fault(
                "token",
                kind,
                kind.equals("STATUS") ? Map.of("status", status, "body", Map.of("error", error)) : Map.of());

        meetings(user)
                .then()
                .statusCode(503)
                .header("Retry-After", matchesPattern("\\d+"))
                .body("code", equalTo("goto-unavailable"));
        asDemo().get("/v1/users/{user}/connection", user).then().body("status", equalTo("CONNECTED"));

        Database.update("update connection set lease_until = now() where user_id = ?", user);
        Database.update("update token_endpoint set rest_until = now()");
        meetings(user).then().statusCode(200);
        assertEquals(2, Sandbox.requests("token") - Sandbox.tokenRequests("authorization_code"));
    }

    @Test
    void keepsTheConnectionWhenTheTokenIsNotABearerToken() {
        Sandbox.set("rotation", "STABLE");
        String user = connectedUser();
        Sandbox.expireAccessTokens();
        Sandbox.set("tokenType", "mac");
        meetings(user).then().statusCode(503).body("code", equalTo("goto-unavailable"));

        Sandbox.set("tokenType", "Bearer");
        meetings(user).then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "two\nlines", "naïve"})
    void keepsTheConnectionWhenTheTokenDoesNotFitIntoAHeader(String token) {
        Sandbox.set("rotation", "STABLE");
        String user = connectedUser();
        Sandbox.expireAccessTokens();
        var answer = Map.of("access_token", token, "token_type", "Bearer", "expires_in", 3600);
        Sandbox.fault("token", "STATUS", Map.of("status", 200, "body", answer));
        meetings(user).then().statusCode(503).body("code", equalTo("goto-unavailable"));

        meetings(user).then().statusCode(200);
    }

    /** The lease of the unanswered request must run out first, because GoTo may still execute the request. */
    @Tag("thorough")
    @Test
    void keepsTheConnectionWhenTheTokenEndpointIsSilent() {
        Sandbox.set("rotation", "STABLE");
        String user = connectedUser();
        Sandbox.expireAccessTokens();
        Sandbox.fault("token", "SLOW", Map.of("delayMillis", 60_000));
        meetings(user).then().statusCode(503).body("code", equalTo("goto-unavailable"));

        Await.until(LONGER_THAN_A_LEASE, () -> {
            Database.update("update connection set lease_until = now() where user_id = ?", user);
            return meetings(user).statusCode() == 200;
        });
        assertEquals(2, Sandbox.tokenRequests(REFRESH));
    }

    @Test
    @Tag("thorough")
    void stopsCallingATokenEndpointThatIsDownAndRecovers() {
        String user = connectedUser();
        Sandbox.expireAccessTokens();
        // A success resets the count of failures from other tests.
        meetings(user).then().statusCode(200);
        Sandbox.expireAccessTokens();
        Sandbox.fault("token", "RESET", Map.of("times", 20));

        for (int call = 0; call < 25; call++) {
            meetings(user).then().statusCode(503).body("code", equalTo("goto-unavailable"));
        }
        assertEquals(21, Sandbox.tokenRequests(REFRESH));

        Await.until(() -> meetings(user).statusCode() == 200);
        assertEquals(22, Sandbox.tokenRequests(REFRESH));
        asDemo().get("/v1/users/{user}/connection", user).then().body("status", equalTo("CONNECTED"));
    }

    @Tag("thorough")
    @Test
    void stopsCallingAnApiThatIsDownAndRecovers() {
        String user = connectedUser();
        meetings(user).then().statusCode(200);
        Sandbox.fault("api", "STATUS", Map.of("status", 503, "times", 20));
        Await.until(() -> meetings(user).statusCode() == 503 && Sandbox.requests("api") == 21);

        meetings(user).then().statusCode(503).body("code", equalTo("goto-unavailable"));
        assertEquals(21, Sandbox.requests("api"));

        Await.until(() -> meetings(user).statusCode() == 200);
    }

    @Test
    void doesNotCountARefreshTokenAsSpentWhenTheClientIsRefused() {
        String user = connectedUser();
        Sandbox.expireAccessTokens();
        Sandbox.fault("token", "STATUS", Map.of("status", 401, "body", Map.of("error", "invalid_client")));
        meetings(user).then().statusCode(503);

        Sandbox.revokeGrants();

        meetings(user).then().statusCode(409);
        asDemo().get("/v1/users/{user}/connection", user).then().body("reason", equalTo("REVOKED"));
    }

    @Test
    void sendsATokenRequestOnceEvenWhenItsAnswerIsLost() {
        Sandbox.set("rotation", "STABLE");
        String user = connectedUser();
        Sandbox.expireAccessTokens();
        Sandbox.fault("token", "RESET_AFTER");

        meetings(user).then().statusCode(503);
        assertEquals(1, Sandbox.tokenRequests(REFRESH));
        meetings(user).then().statusCode(200);
    }

    @Test
    void reportsAnUnknownOutcomeWhenARotatedTokenIsLost() {
        String user = connectedUser();
        Sandbox.expireAccessTokens();
        Sandbox.fault("token", "RESET_AFTER");

        meetings(user).then().statusCode(503);
        meetings(user).then().statusCode(409);
        asDemo().get("/v1/users/{user}/connection", user)
                .then()
                .body("status", equalTo("RECONNECT_REQUIRED"))
                .body("reason", equalTo("OUTCOME_UNKNOWN"));
        assertEquals(2, Sandbox.tokenRequests(REFRESH));
    }

    @Test
    @Tag("thorough")
    void revokesTheNewTokensWhenDisconnectedDuringARefresh() throws Exception {
        Database.update("delete from connection");
        String user = connectedUser();
        Sandbox.expireAccessTokens();
        Sandbox.fault("token", "SLOW", Map.of("delayMillis", 5000));
        // The disconnect itself fails to revoke the grant.
        Sandbox.fault("revoke", "STATUS", Map.of("status", 503));

        var call = Concurrently.start(() -> meetings(user).statusCode());
        Await.until(() -> Sandbox.tokenRequests(REFRESH) > 0);
        asDemo().delete("/v1/users/{user}/connection", user).then().statusCode(204);

        assertEquals(404, call.get());
        asDemo().get("/v1/users/{user}/connection", user).then().statusCode(404);
        assertEquals(List.of(false), Sandbox.grantsAlive());
    }

    /** Another replica has stored newer tokens during the request. */
    @Test
    @Tag("thorough")
    void storesNoTokensOverANewerGeneration() {
        String user = connectedUser();
        Sandbox.expireAccessTokens();
        Sandbox.fault("token", "SLOW", Map.of("delayMillis", 5000));

        var call = Concurrently.start(() -> meetings(user).statusCode());
        Await.until(() -> Sandbox.tokenRequests(REFRESH) > 0);
        Database.update("update connection set generation = 2 where user_id = ?", user);

        call.join();
        assertEquals(2, generation(user));
    }

    /** The lease has run out during the request, and another replica has taken it. */
    @Test
    @Tag("thorough")
    void doesNotEndAConnectionAfterItLostTheLease() {
        Sandbox.set("rotation", "STABLE");
        String user = connectedUser();
        Sandbox.expireAccessTokens();
        var dead = Map.of("status", 400, "delayMillis", 5000, "body", Map.of("error", "invalid_grant"));
        Sandbox.fault("token", "STATUS", dead);

        var call = Concurrently.start(() -> meetings(user).statusCode());
        Await.until(() -> Sandbox.tokenRequests(REFRESH) > 0);
        Database.update(
                "update connection set lease_owner = gen_random_uuid(), lease_until = now() where user_id = ?", user);

        assertEquals(200, call.join());
        assertEquals(2, generation(user));
    }

    @Test
    void usesAValidTokenWhenItsRefreshFails() {
        String user = connectedUser();
        Database.update("update connection set refreshed_at = now() - interval '1 hour',"
                + " access_token_expires_at = now() + interval '20 seconds'");
        Sandbox.fault("token", "STATUS", Map.of("status", 503));

        meetings(user).then().statusCode(200);
        assertEquals(1, Sandbox.tokenRequests(REFRESH));
        meetings(user).then().statusCode(200);
        assertEquals(1, Sandbox.tokenRequests(REFRESH));
        assertEquals(1, generation(user));

        Database.update("update connection set lease_until = now() where user_id = ?", user);
        meetings(user).then().statusCode(200);
        assertEquals(2, generation(user));
    }

    @Tag("thorough")
    @Test
    void usesAValidTokenWhileItsRefreshIsSlow() {
        String user = connectedUser();
        Database.update("update connection set refreshed_at = now() - interval '1 hour',"
                + " access_token_expires_at = now() + interval '30 seconds'");
        Sandbox.fault("token", "SLOW", Map.of("delayMillis", 5_000));

        asDemo().header("Request-Timeout", "1")
                .get("/v1/users/{user}/meetings", user)
                .then()
                .statusCode(200);
        assertEquals(1, generation(user));
        Await.until(() -> generation(user) == 2);
        assertEquals(1, Sandbox.tokenRequests(REFRESH));
    }

    @ParameterizedTest
    @ValueSource(ints = {-5, 0, 1, 31_536_000})
    void acceptsEveryLifetime(int seconds) {
        Sandbox.set("tokenLifetimeSeconds", seconds);
        String user = freshUser();
        walk(new Browser(), connectLink(user));
        Sandbox.set("tokenLifetimeSeconds", 3600);

        String expiry = asDemo().get("/v1/users/{user}/connection", user).path("accessTokenExpiresAt");
        Instant now = Instant.now();
        assertTrue(Instant.parse(expiry).isBefore(now.plus(Duration.ofDays(1))), expiry);
        assertTrue(Instant.parse(expiry).isAfter(now.minus(Duration.ofMinutes(1))), expiry);
        meetings(user).then().statusCode(200);
    }
}
