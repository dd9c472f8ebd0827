package dev.meetgate.caller;

import static dev.meetgate.Api.asDemo;
import static dev.meetgate.Api.connectedUser;
import static dev.meetgate.Api.createdMeeting;
import static dev.meetgate.Api.planning;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meetgate.Await;
import dev.meetgate.Database;
import dev.meetgate.Sandbox;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.sql.Connection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code Request-Timeout} bounds every call, and the problem names who was slow. */
@QuarkusTest
class DeadlineTest {

    private static final double SECONDS = 0.7;
    private static final double LATEST_SECONDS = 2.7;

    /** Every call by its name. */
    private final Map<String, Function<RequestSpecification, Response>> calls = new LinkedHashMap<>();

    private String user;

    @BeforeEach
    void reset() {
        Sandbox.reset();
        user = connectedUser();
        String meeting = createdMeeting(user);
        String path = "/v1/users/" + user;
        String range = "?from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z";
        calls.put("connection", call -> call.get(path + "/connection"));
        calls.put("connections", call -> call.get("/v1/connections"));
        calls.put("connect link", call -> call.post(path + "/connect-links"));
        calls.put("check", call -> call.post(path + "/connection/check"));
        calls.put("account", call -> call.get(path + "/account"));
        calls.put("meetings", call -> call.get(path + "/meetings"));
        calls.put("meeting", call -> call.get(path + "/meetings/" + meeting));
        calls.put("history", call -> call.get(path + "/meetings/history" + range));
        calls.put("attendees", call -> call.get(path + "/meetings/" + meeting + "/attendees"));
        calls.put("raw", call -> call.get(path + "/goto/G2M/rest/upcomingMeetings"));
        calls.put("creation", call -> call.body(planning()).post(path + "/meetings"));
        calls.put("creation with key", call -> call.body(planning())
                .header("Idempotency-Key", UUID.randomUUID())
                .post(path + "/meetings"));
        calls.put("disconnect", call -> call.delete(path + "/connection"));
    }

    @Test
    @Tag("thorough")
    void namesTheDatabaseIfItIsSlow() throws Exception {
        try (var lock =
                Database.begin("lock table connection, connect_link, idempotency_key in access exclusive mode")) {
            assertAll(calls.entrySet().stream().map(call -> () -> assertCode("unavailable", call)));
            lock.rollback();
        }
    }

    @Test
    @Tag("thorough")
    void namesTheDatabaseIfItHasNoSlots() throws Exception {
        calls.keySet().retainAll(java.util.Set.of("check", "meetings", "raw", "creation", "creation with key"));
        try (var lock = Database.begin("lock table goto_budget in access exclusive mode")) {
            // Slots that were reserved before are still used.
            Await.until(() -> within().get("/v1/users/{user}/meetings", user).statusCode() == 503);
            assertAll(calls.entrySet().stream().map(call -> () -> assertCode("unavailable", call)));
            lock.rollback();
        }
    }

    @Test
    @Tag("thorough")
    void namesTheDatabaseIfTheEntryCannotBeWritten() throws Exception {
        calls.keySet().retainAll(java.util.Set.of("creation", "creation with key"));
        try (var lock = Database.begin("lock table audit_entry in exclusive mode")) {
            assertAll(calls.entrySet().stream().map(call -> () -> assertCode("unavailable", call)));
            lock.rollback();
        }
    }

    @Test
    @Tag("thorough")
    void namesTheDatabaseIfItCannotBeToldOfA429() throws Exception {
        Database.update("create function hold() returns trigger language plpgsql as"
                + " 'begin perform pg_advisory_xact_lock(7); return new; end'");
        Database.update("create trigger hold before update on goto_budget for each row"
                + " when (new.full_speed_at is distinct from old.full_speed_at) execute function hold()");
        Sandbox.fault("api", "STATUS", Map.of("status", 429, "retryAfter", "1"));
        try (var lock = Database.begin("do 'begin perform pg_advisory_xact_lock(7); end'")) {
            assertCode("unavailable", Map.entry("meetings", calls.get("meetings")));
            lock.rollback();
        } finally {
            Database.update("drop function hold cascade");
        }
        Await.until(() -> within().get("/v1/users/{user}/meetings", user).statusCode() == 200);
    }

    @Test
    @Tag("thorough")
    void namesTheDatabaseIfItStopsDuringARefresh() throws Exception {
        Sandbox.expireAccessTokens();
        calls.keySet().retainAll(java.util.Set.of("check", "meetings", "raw", "creation", "creation with key"));
        try (Connection lock = Database.begin("update connection set scopes = scopes where user_id = '" + user + "'")) {
            calls.remove("creation with key");
            assertAll(calls.entrySet().stream().map(call -> () -> assertCode("unavailable", call)));
            lock.rollback();
        }
        assertEquals(0, Sandbox.tokenRequests("refresh_token"));
    }

    /** A statement that waits is executed later, for example after a stop of the database. */
    @Test
    @Tag("thorough")
    void reservesNoKeyForNobody() throws Exception {
        var key = UUID.randomUUID();
        try (var lock = Database.begin("lock table idempotency_key in exclusive mode")) {
            within().body(planning())
                    .header("Idempotency-Key", key)
                    .post("/v1/users/{user}/meetings", user)
                    .then()
                    .statusCode(503);
            lock.rollback();
        }
        Await.until(() -> Database.count("pg_stat_activity where wait_event_type = 'Lock'") == 0);

        asDemo().body(planning())
                .header("Idempotency-Key", key)
                .post("/v1/users/{user}/meetings", user)
                .then()
                .statusCode(201);
    }

    @Test
    @Tag("thorough")
    void namesGoToIfItIsSlow() {
        Sandbox.faults("api", "SLOW", Map.of("delayMillis", 5000));
        Sandbox.faults("me", "SLOW", Map.of("delayMillis", 5000));
        calls.keySet().removeAll(java.util.Set.of("connection", "connections", "connect link", "disconnect"));

        assertAll(calls.entrySet().stream().map(call -> () -> assertCode("goto-unavailable", call)));
    }

    @Test
    @Tag("thorough")
    void namesGoToIfItsTokenEndpointIsSlow() {
        Sandbox.expireAccessTokens();
        Sandbox.faults("token", "SLOW", Map.of("delayMillis", 5000));

        assertCode("goto-unavailable", Map.entry("meetings", calls.get("meetings")));
    }

    @Test
    void disconnectsInTimeIfGoToIsSlow() {
        Sandbox.faults("revoke", "SLOW", Map.of("delayMillis", 5000));

        timed(() -> calls.get("disconnect").apply(within())).then().statusCode(204);
        asDemo().get("/v1/users/{user}/connection", user).then().statusCode(404);
    }

    @Test
    @Tag("thorough")
    void checksInTimeIfOnlyTheNameIsSlow() {
        Database.update("update connection set organizer_key = null where user_id = ?", user);
        Sandbox.faults("me", "SLOW", Map.of("delayMillis", 5000));

        timed(() -> calls.get("check").apply(within())).then().statusCode(200).body("status", equalTo("CONNECTED"));
    }

    private static RequestSpecification within() {
        return asDemo().header("Request-Timeout", SECONDS);
    }

    private static void assertCode(String code, Map.Entry<String, Function<RequestSpecification, Response>> call) {
        Response answer = timed(() -> call.getValue().apply(within()));
        assertEquals(code, answer.path("code"), call.getKey() + ": " + answer.asString());
    }

    private static Response timed(Supplier<Response> call) {
        long asked = System.nanoTime();
        Response answer = call.get();
        double seconds = (System.nanoTime() - asked) / 1e9;
        assertTrue(seconds < LATEST_SECONDS, "answered after %.1f s: %s".formatted(seconds, answer.asString()));
        return answer;
    }
}
