package dev.meetgate.packaged;

import static dev.meetgate.Api.asDemo;
import static dev.meetgate.Api.connectedUser;
import static dev.meetgate.Api.createdMeeting;
import static dev.meetgate.Api.freshUser;
import static dev.meetgate.Api.generation;
import static dev.meetgate.Api.meetings;
import static dev.meetgate.Api.planning;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meetgate.Await;
import dev.meetgate.Concurrently;
import dev.meetgate.Database;
import dev.meetgate.Sandbox;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.net.Socket;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Runs two replicas with one database. */
@Tag("thorough")
class ReplicasIT {

    private static final Map<String, String> MEETING = planning();

    private static Replica one;
    private static Replica two;

    @BeforeAll
    static void start() throws Exception {
        one = Replica.start();
        two = Replica.start();
    }

    @AfterAll
    static void stop() {
        one.close();
        two.close();
    }

    @BeforeEach
    void reset() {
        Sandbox.reset();
        RestAssured.port = one.port();
    }

    @Test
    void refreshesOnceForAllReplicas() throws Exception {
        for (int round = 2; round <= 6; round++) {
            String user = connectedUser();
            Sandbox.expireAccessTokens();
            int before = Sandbox.tokenRequests("refresh_token");

            assertEquals(Collections.nCopies(16, 200), Replica.listMeetings(user, 16, one, two));

            assertEquals(before + 1, Sandbox.tokenRequests("refresh_token"));
            assertEquals(2, generation(user));
        }
        assertEquals(0, Sandbox.reuses());
    }

    @Test
    void waitsForARefreshByAnotherReplica() throws Exception {
        String user = connectedUser();
        Sandbox.expireAccessTokens();
        Sandbox.fault("token", "SLOW", Map.of("delayMillis", 3000));

        assertEquals(Collections.nCopies(8, 200), Replica.listMeetings(user, 8, one, two));
        assertEquals(1, Sandbox.tokenRequests("refresh_token"));
    }

    @Test
    void saysAtOnceThatAnotherReplicaWasKilledDuringARefresh() throws Exception {
        String user = connectedUser();
        Sandbox.expireAccessTokens();
        Sandbox.fault("token", "SLOW", Map.of("delayMillis", 3000));
        try (Replica victim = Replica.start()) {
            victim.listMeetings(user);
            Await.until(() -> Sandbox.tokenRequests("refresh_token") == 1);
            victim.kill();
        }

        var answer = meetings(user);
        answer.then().statusCode(503).body("code", equalTo("unavailable"));
        int left = Integer.parseInt(answer.header("Retry-After"));
        assertTrue(left > 15 && left <= 30, "Retry-After: " + left);
        assertEquals(1, Sandbox.tokenRequests("refresh_token"));
    }

    @Test
    void createsOneMeetingForAKeyOnAllReplicas() {
        String user = connectedUser();
        Sandbox.fault("api", "SLOW", Map.of("delayMillis", 500));

        List<Integer> statuses = Concurrently.run(
                8, call -> create(user, call % 2 == 0 ? one : two).statusCode());

        assertTrue(List.of(201, 409).containsAll(statuses), statuses.toString());
        assertEquals(1, Sandbox.requests("api", "POST"));
        assertEquals(create(user, one).asString(), create(user, two).asString());
        assertEquals(201, create(user, two).statusCode());
        assertEquals(1, Sandbox.requests("api", "POST"));
    }

    @Test
    void findsAMeetingThatAnotherReplicaCreated() {
        String user = connectedUser();
        Sandbox.fault("api", "RESET_AFTER");
        assertEquals(503, create(user, one).statusCode());

        assertEquals(201, create(user, two).statusCode());
        meetings(user).then().body("items.size()", equalTo(1));
        assertEquals(1, Sandbox.requests("api", "POST"));
    }

    private static Response create(String user, Replica replica) {
        return asDemo().port(replica.port())
                .header("Idempotency-Key", "same")
                .body(MEETING)
                .post("/v1/users/{user}/meetings", user);
    }

    @Test
    void sharesConnections() {
        String user = connectedUser();
        RestAssured.port = two.port();

        meetings(user).then().statusCode(200);
    }

    @Test
    void finishesCallsBeforeItStops() throws Exception {
        String user = connectedUser();
        try (Replica stopping = Replica.start()) {
            Sandbox.fault("api", "SLOW", Map.of("delayMillis", 5000));
            int before = Sandbox.requests("api");
            var answer = stopping.listMeetings(user);
            Await.until(() -> Sandbox.requests("api") > before);
            stopping.terminate();

            assertEquals(200, answer.get());
            assertTrue(List.of(0, 143).contains(stopping.exitCode()));
        }
    }

    @Test
    void answersThoseWhoWaitForEventsBeforeItStops() throws Exception {
        try (Replica stopping = Replica.start()) {
            var reader = Concurrently.start(() -> asDemo().port(stopping.port())
                    .header("Prefer", "wait=40")
                    .get("/v1/events?user={user}", freshUser()));
            Await.until(() ->
                    Database.count("pg_stat_activity where pid <> pg_backend_pid() and query ~ 'as found on tru[e]'")
                            > 0);
            stopping.terminate();

            reader.join()
                    .then()
                    .statusCode(200)
                    .body("items.size()", equalTo(0))
                    .time(lessThan(10_000L));
        }
    }

    @Test
    void finishesAnAbandonedRefreshBeforeItStops() throws Exception {
        String user = connectedUser();
        Sandbox.expireAccessTokens();
        try (Replica stopping = Replica.start()) {
            Sandbox.fault("token", "SLOW", Map.of("delayMillis", 5000));
            try (var caller = new Socket("localhost", stopping.port())) {
                caller.getOutputStream().write("""
                        GET /v1/users/%s/meetings HTTP/1.1\r
                        Host: localhost\r
                        Authorization: Bearer demo-key\r
                        \r
                        """.formatted(user).getBytes(US_ASCII));
                Await.until(() -> Sandbox.tokenRequests("refresh_token") > 0);
            }
            stopping.terminate();
            stopping.exitCode();
        }

        assertEquals(2, generation(user));
        meetings(user).then().statusCode(200);
        assertEquals(1, Sandbox.tokenRequests("refresh_token"));
        assertEquals(0, Sandbox.reuses());
    }

    @Test
    void refreshesIdleConnectionsOnce() throws Exception {
        var settings = Replica.surroundings();
        settings.put("MEETGATE_UPKEEP_INTERVAL", "1s");
        String user = connectedUser();
        Database.update("update connection set refreshed_at = now() - interval '8 days' where user_id = ?", user);
        try (Replica three = Replica.start(settings);
                Replica four = Replica.start(settings)) {
            Await.until(() -> generation(user) > 1);
            assertEquals(Collections.nCopies(4, 200), Replica.listMeetings(user, 4, three, four));
        }
        assertEquals(2, generation(user));
        assertEquals(1, Sandbox.tokenRequests("refresh_token"));
    }

    @Test
    void writesNoSecretAnywhere() throws Exception {
        String user = connectedUser();
        asDemo().post("/v1/users/{user}/meetings/{id}/start", user, createdMeeting(user))
                .then()
                .statusCode(200);
        Sandbox.expireAccessTokens();
        String answers = meetings(user).asString();
        Sandbox.fault("token", "STATUS", Map.of("status", 400, "body", Map.of("error", "invalid_grant")));
        Sandbox.expireAccessTokens();
        answers += meetings(user).asString();

        String everything = answers + one.log() + two.log();
        for (String secret : Sandbox.secrets()) {
            assertFalse(everything.contains(secret), "a secret of the sandbox is in a log or an answer");
        }
        Map<String, String> settings = Replica.surroundings();
        String key = settings.get("MEETGATE_KEYS").split(":")[1];
        for (String secret : List.of(key, settings.get("GOTO_CLIENT_SECRET"), "demo-key")) {
            assertFalse(everything.contains(secret), "a setting is in a log or an answer");
        }
    }
}
