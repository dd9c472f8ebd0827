package dev.meetgate.vault;

import static dev.meetgate.Api.asDemo;
import static dev.meetgate.Api.asOther;
import static dev.meetgate.Api.connectLink;
import static dev.meetgate.Api.connectedUser;
import static dev.meetgate.Api.freshUser;
import static dev.meetgate.Api.generation;
import static dev.meetgate.Api.meetings;
import static dev.meetgate.Api.walk;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meetgate.Api;
import dev.meetgate.Await;
import dev.meetgate.Browser;
import dev.meetgate.Concurrently;
import dev.meetgate.Database;
import dev.meetgate.Sandbox;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** MeetGate treats GoTo's token endpoint well, and tells callers what it waits for. */
@QuarkusTest
class TokenEndpointTest {

    private static final String REFRESH = "refresh_token";

    @BeforeEach
    void reset() {
        Sandbox.reset();
    }

    @AfterEach
    void endTheRest() {
        Database.update("update token_endpoint set rest_until = now()");
    }

    @Test
    @Tag("thorough")
    void refreshesManyConnectionsAtASlowTokenEndpoint() {
        List<String> users = expiredUsers(60);
        Sandbox.faults("token", "SLOW", Map.of("delayMillis", 2000));

        assertEquals(Collections.nCopies(60, 200), Concurrently.run(60, caller -> within(60, users.get(caller))
                .statusCode()));
        assertEquals(60, Sandbox.tokenRequests(REFRESH));
        assertEquals(0, Sandbox.reuses());
    }

    @Test
    @Tag("thorough")
    void letsTenantsTakeTurnsAtASlowTokenEndpoint() {
        List<String> users = expiredUsers(100);
        String ofAnother = freshUser();
        walk(
                new Browser(),
                asOther().post("/v1/users/{user}/connect-links", ofAnother).path("url"));
        expire(ofAnother);
        Sandbox.faults("token", "SLOW", Map.of("delayMillis", 3000));

        List<Integer> sent = Concurrently.run(101, caller -> {
            if (caller < 100) {
                return within(60, users.get(caller)).statusCode();
            }
            Await.until(() -> Sandbox.tokenRequests(REFRESH) >= 20);
            asOther()
                    .header("Request-Timeout", 60)
                    .get("/v1/users/{user}/meetings", ofAnother)
                    .then()
                    .statusCode(200);
            return Sandbox.tokenRequests(REFRESH);
        });
        assertTrue(sent.get(100) < 80, sent.toString());
    }

    @Test
    @Tag("thorough")
    void keepsALongPauseWhenGoToThenAsksForAShortOne() {
        List<String> users = expiredUsers(2);
        Sandbox.fault("token", "STATUS", Map.of("status", 429, "retryAfter", "1", "delayMillis", 1500));
        Concurrently.run(2, caller -> {
            if (caller == 0) {
                return within(5, users.get(0)).statusCode();
            }
            Await.until(() -> Sandbox.tokenRequests(REFRESH) == 1);
            Database.update("update token_endpoint set rest_until = now() + interval '60 seconds'");
            return 0;
        });
        assertRetryAfter(50, 60, meetings(users.get(1)), "goto-unavailable");
    }

    @Test
    @Tag("thorough")
    void losesNothingInTheQueue() {
        List<String> users = expiredUsers(30);
        Sandbox.faults("token", "SLOW", Map.of("delayMillis", 7000));

        assertEquals(
                Collections.nCopies(30, "goto-unavailable"),
                Concurrently.run(30, caller -> within(4, users.get(caller)).path("code")));
        // Whoever was still in the queue has left it, and its connection is as before.
        String theirs = " and user_id in ('%s')".formatted(String.join("', '", users));
        Await.until(() -> Sandbox.hasAnswered(REFRESH)
                && Database.count("connection where lease_owner is not null" + theirs) == 0);
        assertEquals(20, Sandbox.tokenRequests(REFRESH));
        assertEquals(0, Database.count("connection where outcome_unknown" + theirs));
    }

    @ParameterizedTest
    @CsvSource({"429, false", "429, true", "503, false", "503, true"})
    @Tag("thorough")
    void leavesTheTokenEndpointAloneForAsLongAsItSays(int status, boolean asDate) {
        String valid = connectedUser();
        List<String> expired = List.of(connectedUser(), connectedUser());
        expired.forEach(TokenEndpointTest::expire);
        String retryAfter = asDate
                ? DateTimeFormatter.RFC_1123_DATE_TIME.format(
                        ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(60))
                : "60";
        Sandbox.fault("token", "STATUS", Map.of("status", status, "retryAfter", retryAfter));

        for (int call = 0; call < 6; call++) {
            assertRetryAfter(55, 60, meetings(expired.get(call % 2)), "goto-unavailable");
        }
        meetings(valid).then().statusCode(200);
        assertEquals(1, Sandbox.tokenRequests(REFRESH));
        assertTrue(walk(new Browser(), connectLink(freshUser())).contains("problem=goto-unavailable"));
        assertEquals(3, Sandbox.tokenRequests("authorization_code"));

        endTheRest();
        expired.forEach(user -> meetings(user).then().statusCode(200));
    }

    @Test
    @Tag("thorough")
    void exchangesNoCodeWhileTheTokenEndpointDoesNotAnswer() {
        var browser = new Browser();
        String link = connectLink(freshUser());
        Sandbox.faults("token", "RESET", Map.of());
        for (int person = 0; person < 20; person++) {
            assertTrue(walk(new Browser(), connectLink(freshUser())).contains("problem=goto-unavailable"));
        }
        Await.until(() -> {
            int sent = Sandbox.tokenRequests("authorization_code");
            assertTrue(walk(browser, link).contains("problem=goto-unavailable"));
            return Sandbox.tokenRequests("authorization_code") == sent;
        });
        Sandbox.clearFaults();

        Await.until(() -> walk(new Browser(), connectLink(freshUser())).contains("status=connected"));
        assertTrue(walk(browser, link).contains("status=connected"));
    }

    @Test
    void usesAValidTokenWhileTheTokenEndpointRests() {
        String user = connectedUser();
        Database.update(
                "update connection set refreshed_at = now() - interval '1 hour',"
                        + " access_token_expires_at = now() + interval '30 seconds' where user_id = ?",
                user);
        Sandbox.fault("token", "STATUS", Map.of("status", 429, "retryAfter", "60"));

        for (int call = 0; call < 3; call++) {
            meetings(user).then().statusCode(200);
        }
        assertEquals(1, Sandbox.tokenRequests(REFRESH));
    }

    @ParameterizedTest
    @CsvSource({"86400, 300", "0, 1", "nonsense, 5"})
    void boundsTheRest(String retryAfter, int seconds) {
        String user = connectedUser();
        expire(user);
        Sandbox.fault("token", "STATUS", Map.of("status", 429, "retryAfter", retryAfter));

        assertRetryAfter(Math.max(1, seconds - 5), seconds, meetings(user), "goto-unavailable");
    }

    @Test
    void forgetsARestThatAClockMadeLong() {
        String user = connectedUser();
        expire(user);
        Database.update("update token_endpoint set rest_until = now() + interval '1 hour'");

        meetings(user).then().statusCode(200);
    }

    /** Revocations have connections of the same pool. */
    @Test
    @Tag("thorough")
    void refreshesWhileRevocationsGetNoAnswer() {
        String user = connectedUser();
        List<String> leaving = Stream.generate(Api::connectedUser).limit(60).toList();
        Sandbox.expireAccessTokens();
        // Grants of accounts that nobody else has are revoked at once.
        Database.update(
                "update connection set organizer_key = id, email = id || '@example.com' where user_id <> ?", user);
        Sandbox.fault("revoke", "SLOW", Map.of("delayMillis", 11_000, "times", 60));

        Concurrently.run(60, number -> asDemo().delete("/v1/users/{user}/connection", leaving.get(number))
                .then()
                .statusCode(204));

        asDemo().header("Request-Timeout", 3)
                .get("/v1/users/{user}/meetings", user)
                .then()
                .statusCode(200);
    }

    /** The answer probably concerns one connection only. */
    @ParameterizedTest
    @ValueSource(ints = {403, 404, 500, 502, 503})
    @Tag("thorough")
    void asksForAConnectionThatFailsLessAndLessOften(int status) {
        String user = connectedUser();
        String other = connectedUser();
        Sandbox.expireAccessTokens();
        Sandbox.fault("token", "STATUS", Map.of("status", status, "times", 2));

        for (int call = 0; call < 4; call++) {
            assertRetryAfter(1, 5, meetings(user), "goto-unavailable");
        }
        assertEquals(1, Sandbox.tokenRequests(REFRESH));

        Database.update(
                "update connection set lease_until = now(), failing_since = now() - interval '1 minute',"
                        + " refreshed_at = now() - interval '1 hour' where user_id = ?",
                user);
        assertRetryAfter(55, 61, meetings(user), "goto-unavailable");
        assertEquals(2, Sandbox.tokenRequests(REFRESH));
        meetings(other).then().statusCode(200);

        Database.update("update connection set lease_until = now() where user_id = ?", user);
        meetings(user).then().statusCode(200);
        assertEquals(2, generation(user));
    }

    /** A time of a replica whose clock is behind does not bring an earlier failure back. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void forgetsThatAConnectionFailed(boolean withReconnect) {
        String user = connectedUser();
        Sandbox.expireAccessTokens();
        Sandbox.fault("token", "STATUS", Map.of("status", 503));
        meetings(user).then().statusCode(503);
        Database.update(
                "update connection set lease_until = now(), failing_since = now() - interval '1 minute'"
                        + " where user_id = ?",
                user);
        if (withReconnect) {
            walk(new Browser(), connectLink(user));
        }
        meetings(user).then().statusCode(200);

        Database.update("update connection set refreshed_at = now() - interval '1 hour' where user_id = ?", user);
        Sandbox.expireAccessTokens();
        Sandbox.fault("token", "STATUS", Map.of("status", 503));
        assertRetryAfter(1, 5, meetings(user), "goto-unavailable");
    }

    @Test
    void saysAtOnceThatAReplicaStoppedDuringARefresh() {
        String user = connectedUser();
        Sandbox.expireAccessTokens();
        lease(user, "25 seconds", "4 seconds");
        long asked = System.nanoTime();

        assertRetryAfter(20, 25, meetings(user), "unavailable");
        assertTrue(System.nanoTime() - asked < 6_000_000_000L);
        assertEquals(0, Sandbox.tokenRequests(REFRESH));
    }

    @Test
    @Tag("thorough")
    void waitsForTheEndOfTheLeaseOfAStoppedReplica() {
        Sandbox.set("rotation", "STABLE");
        String user = connectedUser();
        Sandbox.expireAccessTokens();
        lease(user, "3 seconds", "4 seconds");

        within(8, user).then().statusCode(200);
        assertEquals(1, Sandbox.tokenRequests(REFRESH));
    }

    @Test
    @Tag("thorough")
    void waitsForAReplicaThatIsAtWork() {
        String user = connectedUser();
        Sandbox.expireAccessTokens();
        lease(user, "25 seconds", "-1 minute");
        long asked = System.nanoTime();

        assertRetryAfter(20, 25, within(2, user), "unavailable");
        long waited = System.nanoTime() - asked;
        assertTrue(waited > 1_000_000_000L && waited < 8_000_000_000L, "waited " + waited);
    }

    @Test
    @Tag("thorough")
    void saysThatItIsAtWork() {
        String user = connectedUser();
        Sandbox.expireAccessTokens();
        Sandbox.fault("token", "SLOW", Map.of("delayMillis", 3000));

        var call = Concurrently.start(() -> meetings(user).statusCode());
        Await.until(() -> Database.count("connection where user_id = '" + user
                        + "' and lease_seen - (lease_until - interval '30 seconds') > interval '900 milliseconds'")
                == 1);
        assertEquals(200, call.join());
    }

    /** A statement that waits is executed later, for example after a stop of the database. */
    @Test
    @Tag("thorough")
    void takesNoLeaseForNobody() throws Exception {
        String user = connectedUser();
        Sandbox.expireAccessTokens();
        try (var lock = Database.begin("update connection set scopes = scopes where user_id = '" + user + "'")) {
            within(1, user).then().statusCode(503);
            lock.rollback();
        }

        Await.until(() -> Database.count("pg_stat_activity where wait_event_type = 'Lock'") == 0);
        assertEquals(0, Database.count("connection where outcome_unknown and user_id = '" + user + "'"));
        meetings(user).then().statusCode(200);
    }

    private static List<String> expiredUsers(int number) {
        List<String> users = Stream.generate(Api::connectedUser).limit(number).toList();
        Sandbox.expireAccessTokens();
        return users;
    }

    private static void expire(String user) {
        Database.update("update connection set access_token_expires_at = now() where user_id = ?", user);
    }

    /** Another replica refreshes the connection's tokens. */
    private static void lease(String user, String left, String silentFor) {
        Database.update(
                "update connection set lease_owner = gen_random_uuid(), lease_until = now() + interval '" + left
                        + "', lease_seen = now() - interval '" + silentFor
                        + "', outcome_unknown = true where user_id = ?",
                user);
    }

    private static Response within(int seconds, String user) {
        return asDemo().header("Request-Timeout", seconds).get("/v1/users/{user}/meetings", user);
    }

    private static void assertRetryAfter(int least, int most, Response answer, String code) {
        answer.then().statusCode(503).body("code", equalTo(code));
        int seconds = Integer.parseInt(answer.header("Retry-After"));
        assertTrue(seconds >= least && seconds <= most, "Retry-After: " + seconds);
    }
}
