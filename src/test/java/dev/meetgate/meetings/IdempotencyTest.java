package dev.meetgate.meetings;

import static dev.meetgate.Api.asDemo;
import static dev.meetgate.Api.connectLink;
import static dev.meetgate.Api.connectedUser;
import static dev.meetgate.Api.freshUser;
import static dev.meetgate.Api.meetings;
import static dev.meetgate.Api.walk;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meetgate.Await;
import dev.meetgate.Browser;
import dev.meetgate.Concurrently;
import dev.meetgate.Database;
import dev.meetgate.Sandbox;
import dev.meetgate.local.LocalPostgres;
import dev.meetgate.meetings.GoToMeetingApi.WireNewMeeting;
import dev.meetgate.secret.Sha256;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.net.Socket;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class IdempotencyTest {

    private final Instant start = Instant.now().plus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
    private final Map<String, Object> planning = new HashMap<>(Map.of(
            "subject",
            "Planning <Q1>",
            "startTime",
            start.toString(),
            "endTime",
            start.plus(1, ChronoUnit.HOURS).toString(),
            "coorganizers",
            List.of("1234567890123456789")));
    private final String key = UUID.randomUUID().toString();

    @BeforeEach
    void reset() {
        Sandbox.reset();
    }

    @Test
    void repeatsTheFirstAnswerForTheSameKey() {
        String user = connectedUser();
        Response first = create(user, key);
        first.then()
                .statusCode(201)
                .body("joinUrl", notNullValue())
                .body("dialIn", notNullValue())
                .body("subject", equalTo("Planning <Q1>"));

        for (String sameKey : List.of(key, "\"" + key + "\"")) {
            Response again = create(user, sameKey);
            assertEquals(201, again.statusCode());
            assertEquals(first.asString(), again.asString());
            assertEquals(first.header("Location"), again.header("Location"));
        }
        assertEquals(1, creations());
    }

    @Test
    void acceptsABodyWithTheSameMeaning() {
        String user = connectedUser();
        create(user, key).then().statusCode(201);

        planning.put("type", "SCHEDULED");
        planning.put("passwordRequired", false);
        planning.put("startTime", start.toString().replace("Z", ".123+00:00"));
        create(user, key).then().statusCode(201);
        assertEquals(1, creations());
    }

    @ParameterizedTest
    @CsvSource({"subject, Another", "type, RECURRING", "audio, VOIP", "endTime, 2099-12-31T00:00:00Z"})
    void refusesAKeyWithAnotherBody(String field, String value) {
        String user = connectedUser();
        create(user, key).then().statusCode(201);

        planning.put(field, value);
        conflict(create(user, key).then(), 422).body("retryable", equalTo(false));
        assertEquals(1, creations());
    }

    @Test
    void keepsKeysAndUsersApart() {
        String user = connectedUser();
        String other = connectedUser();

        List<String> ids =
                List.of(created(create(user, key)), created(create(other, key)), created(create(user, key + "x")));

        assertEquals(3, ids.stream().distinct().count());
        assertNotEquals(created(create(user, null)), created(create(user, null)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"\"", "\"open"})
    void refusesAnInvalidKey(String notAKey) {
        invalid(notAKey);
    }

    @Test
    void refusesAKeyOf300Characters() {
        invalid("k".repeat(300));
        create(connectedUser(), "k".repeat(255)).then().statusCode(201);
    }

    @Test
    @Tag("thorough")
    void reportsThatTheSameRequestIsUnderWay() throws Exception {
        String user = connectedUser();
        Sandbox.fault("api", "SLOW", Map.of("delayMillis", 5000));

        var first = Concurrently.start(() -> create(user, key));
        awaitCreation();
        conflict(create(user, key).then(), 409).body("retryable", equalTo(true));

        first.get().then().statusCode(201);
        assertEquals(first.get().asString(), create(user, key).asString());
        assertEquals(1, creations());
    }

    @Test
    void createsOneMeetingForConcurrentRequests() {
        String user = connectedUser();

        List<Integer> statuses =
                Concurrently.run(12, caller -> create(user, key).statusCode());

        assertTrue(List.of(201, 409).containsAll(statuses), statuses.toString());
        assertTrue(statuses.contains(201), statuses.toString());
        assertEquals(1, creations());
    }

    @ParameterizedTest
    @ValueSource(strings = {"QUIRKY", "PLAIN"})
    void findsTheMeetingAfterALostAnswer(String dress) {
        Sandbox.set("dress", dress);
        String user = connectedUser();
        Sandbox.fault("api", "RESET_AFTER");
        lost(create(user, key).then()).body("retryable", equalTo(true));

        Response found = create(user, key);
        found.then()
                .statusCode(201)
                .body("subject", equalTo("Planning <Q1>"))
                .body("startTime", equalTo(start.toString()))
                .body("dialIn", dress.equals("QUIRKY") ? notNullValue() : nullValue())
                .body("joinUrl", nullValue())
                .header("Location", containsString("/meetings/"));

        assertEquals(found.asString(), create(user, key).asString());
        meetings(user).then().body("items.id", equalTo(List.of(created(found))));
        assertEquals(1, creations());
    }

    @ParameterizedTest
    @ValueSource(strings = {"QUIRKY", "PLAIN"})
    void findsAMeetingWhoseSubjectHasEntities(String dress) {
        Sandbox.set("dress", dress);
        planning.put("subject", " a &lt; b > &amp;lt; c");
        String user = connectedUser();
        Sandbox.fault("api", "RESET_AFTER");
        lost(create(user, key).then());

        create(user, key).then().statusCode(201).body("subject", equalTo(" a &lt; b > &amp;lt; c"));
        assertEquals(1, creations());
    }

    @Test
    void remembersAFoundMeeting() {
        planning.put("audio", "PRIVATE");
        String user = connectedUser();
        Sandbox.fault("api", "RESET_AFTER");
        lost(create(user, key).then());

        String id = created(create(user, key));
        asDemo().get("/v1/users/{user}/meetings/{id}", user, id)
                .then()
                .statusCode(200)
                .body("audio", equalTo("PRIVATE"));
    }

    @Test
    void findsARecurringMeetingWithOtherTimes() {
        planning.put("type", "RECURRING");
        String user = connectedUser();
        Sandbox.fault("api", "RESET_AFTER");
        create(user, key).then().statusCode(503);
        String id = meetings(user).path("items[0].id");
        asDemo().body(Map.of(
                        "subject", "Planning &lt;Q1&gt;",
                        "starttime", start.plus(7, ChronoUnit.DAYS).toString(),
                        "endtime", start.plus(8, ChronoUnit.DAYS).toString(),
                        "passwordrequired", false,
                        "conferencecallinfo", "Hybrid",
                        "timezonekey", "",
                        "meetingtype", "recurring"))
                .put("/v1/users/{user}/goto/G2M/rest/meetings/" + id, user)
                .then()
                .statusCode(204);

        create(user, key).then().statusCode(201).body("id", equalTo(id));
        assertEquals(1, creations());
    }

    @Test
    void createsAMeetingThatGoToDoesNotHave() throws Exception {
        String user = connectedUser();
        Sandbox.fault("api", "RESET");
        create(user, key).then().statusCode(503);

        // GoTo may still be executing the first request.
        conflict(create(user, key).then(), 409).body("retryable", equalTo(true));
        assertEquals(1, creations());

        settle();
        create(user, key).then().statusCode(201).body("joinUrl", notNullValue());
        assertEquals(2, creations());
        meetings(user).then().body("items.size()", equalTo(1));
    }

    @Test
    void createsAMissingMeetingOnceForConcurrentRequests() throws Exception {
        String user = connectedUser();
        Sandbox.fault("api", "RESET");
        create(user, key).then().statusCode(503);
        settle();

        List<Integer> statuses = Concurrently.run(8, caller -> create(user, key).statusCode());

        assertTrue(List.of(201, 409).containsAll(statuses), statuses.toString());
        assertEquals(2, creations());
        meetings(user).then().body("items.size()", equalTo(1));
    }

    @Test
    void findsTheMeetingOfAnAttemptThatDidNotFinish() throws Exception {
        String user = connectedUser();
        String id = created(create(user, key));
        Database.update("update idempotency_key set meeting_id = null");
        conflict(create(user, key).then(), 409);

        settle();
        create(user, key).then().statusCode(201).body("id", equalTo(id));
        assertEquals(1, creations());
    }

    @Test
    void ignoresTheMeetingOfAnotherKey() throws Exception {
        String user = connectedUser();
        String first = created(create(user, key + "x"));
        Sandbox.fault("api", "RESET");
        create(user, key).then().statusCode(503);
        settle();

        create(user, key).then().statusCode(201).body("id", not(equalTo(first)));
        meetings(user).then().body("items.size()", equalTo(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SCHEDULED", "RECURRING"})
    void ignoresAnOlderMeeting(String type) {
        planning.put("type", type);
        String user = connectedUser();
        String before = created(create(user, null));
        Sandbox.fault("api", "RESET");
        lost(create(user, key).then());
        settle();

        create(user, key).then().statusCode(201).body("id", not(equalTo(before)));
        meetings(user).then().body("items.size()", equalTo(2));
    }

    @Test
    void ignoresAMeetingThatAnotherKeyIsTaking() throws Exception {
        String user = connectedUser();
        Sandbox.fault("api", "RESET_AFTER");
        lost(create(user, key).then());
        String id = meetings(user).path("items[0].id");

        CompletableFuture<Response> answer;
        try (var anotherKey = Database.begin("""
                insert into idempotency_key
                select gen_random_uuid(), connection_id, 'another', body_hash, false, now(), expires_at, '%s', null, null
                  from idempotency_key join connection on id = connection_id where user_id = '%s'
                """.formatted(id, user))) {
            answer = Concurrently.start(() -> create(user, key));
            Await.until(() -> answer.isDone() || isWaitingForAnother());
            anotherKey.commit();
        }
        conflict(answer.get().then(), 409).body("retryable", equalTo(true));

        settle();
        create(user, key).then().statusCode(201).body("id", not(equalTo(id)));
        meetings(user).then().body("items.size()", equalTo(2));
    }

    @Test
    @Tag("thorough")
    void takesNoMeetingAfterItLostTheKey() throws Exception {
        String user = connectedUser();
        Sandbox.fault("api", "RESET_AFTER");
        lost(create(user, key).then());
        Sandbox.fault("api", "SLOW", Map.of("delayMillis", 5000));

        var answer = Concurrently.start(() -> create(user, key));
        Await.until(() -> Sandbox.requests("api", "GET") > 0);
        Database.update("update idempotency_key set attempt = gen_random_uuid()");

        conflict(answer.get().then(), 409).body("retryable", equalTo(true));
        create(user, key).then().statusCode(201);
        assertEquals(1, creations());
    }

    @Test
    @Tag("thorough")
    void findsTheSameMeetingForConcurrentRequests() {
        String user = connectedUser();
        Sandbox.fault("api", "RESET_AFTER");
        lost(create(user, key).then());
        Sandbox.faults("api", "SLOW", Map.of("delayMillis", 1500));

        List<String> ids = Concurrently.run(4, caller -> created(create(user, key)));

        assertEquals(1, ids.stream().distinct().count());
        assertEquals(1, creations());
    }

    @Test
    void staysOpenWhileTheListOfMeetingsFails() {
        String user = connectedUser();
        Sandbox.fault("api", "RESET_AFTER");
        create(user, key).then().statusCode(503);

        Sandbox.fault("api", "HTML", Map.of("times", 0));
        lost(create(user, key).then()).body("retryable", equalTo(true));
        Sandbox.clearFaults();
        create(user, key).then().statusCode(201);
        assertEquals(1, creations());
    }

    @ParameterizedTest
    @CsvSource({"400, 422", "412, 403", "403, 403", "429, 429"})
    @Tag("thorough")
    void freesTheKeyWhenGoToRejectsTheMeeting(int gotoStatus, int status) {
        String user = connectedUser();
        Sandbox.fault("api", "STATUS", Map.of("status", gotoStatus, "times", 0));
        create(user, key).then().statusCode(status);
        Sandbox.clearFaults();

        planning.put("subject", "Mended");
        create(user, key).then().statusCode(201).body("subject", equalTo("Mended"));
    }

    @Test
    void returnsTheMeetingAlsoWhenItsStartHasPassed() {
        String user = connectedUser();
        String id = create(user, key).then().statusCode(201).extract().path("id");
        planning.put("startTime", "2020-01-15T09:00:00Z");
        var past = NewMeeting.of(
                new NewMeeting.Request(
                        "Planning <Q1>",
                        "2020-01-15T09:00:00Z",
                        start.plus(1, ChronoUnit.HOURS).toString(),
                        null,
                        null,
                        null,
                        List.of("1234567890123456789")),
                Instant.now());
        byte[] body = Sha256.of(Json.encode(WireNewMeeting.of(past)));
        Database.update("update idempotency_key set body_hash = ? where meeting_id = ?", body, id);

        create(user, key).then().statusCode(201).body("id", equalTo(id));
        create(user, UUID.randomUUID().toString()).then().statusCode(400).body("field", equalTo("startTime"));
    }

    @Test
    void reportsARejectionWhenTheKeyCannotBeFreed() {
        String user = connectedUser();
        Sandbox.fault("api", "STATUS", Map.of("status", 400));
        Database.execute(LocalPostgres.url(), """
                create function stay() returns trigger language plpgsql as
                    $$ begin raise exception 'full' using errcode = 'disk_full'; end $$;
                create trigger stay before delete on idempotency_key for each row execute function stay();
                """);
        try {
            create(user, key).then().statusCode(422).body("code", equalTo("rejected-by-goto"));
        } finally {
            Database.execute(LocalPostgres.url(), "drop function stay cascade");
        }

        conflict(create(user, key).then(), 409);
        settle();
        create(user, key).then().statusCode(201);
    }

    @Test
    void freesTheKeyWhenNothingWasSent() {
        Sandbox.set("rotation", "STABLE");
        String user = connectedUser();
        Sandbox.expireAccessTokens();
        Sandbox.fault("token", "RESET");
        lost(create(user, key).then()).body("retryable", equalTo(true));

        create(user, key).then().statusCode(201);
        meetings(user).then().body("items.size()", equalTo(1));
    }

    @Test
    void repeatsACreationAfterARejectedToken() {
        String user = connectedUser();
        Sandbox.expireAccessTokens();

        create(user, key).then().statusCode(201);
        meetings(user).then().body("items.size()", equalTo(1));
    }

    @Test
    @Tag("thorough")
    void finishesACreationWhoseCallerLeaves() throws Exception {
        String user = connectedUser();
        Sandbox.fault("api", "SLOW", Map.of("delayMillis", 1000));
        try (var caller = new Socket("localhost", RestAssured.port)) {
            String body = new JsonObject(planning).encode();
            caller.getOutputStream()
                    .write("""
                    POST /v1/users/%s/meetings HTTP/1.1\r
                    Host: localhost\r
                    Authorization: Bearer demo-key\r
                    Idempotency-Key: %s\r
                    Content-Length: %d\r
                    \r
                    %s""".formatted(user, key, body.length(), body).getBytes(US_ASCII));
            awaitCreation();
        }

        Response answer = create(user, key);
        while (answer.statusCode() == 409) {
            answer = create(user, key);
        }
        answer.then().statusCode(201).body("joinUrl", notNullValue());
        assertEquals(1, creations());
    }

    @Test
    @Tag("thorough")
    void callsAnAnswerLostThatCannotBeStoredInTime() throws Exception {
        String user = connectedUser();
        Database.execute(LocalPostgres.url(), """
                create function hold() returns trigger language plpgsql as
                    $$ begin perform pg_advisory_xact_lock(7); return new; end $$;
                create trigger hold before update on idempotency_key for each row execute function hold();
                """);
        try (var lock = Database.begin("do 'begin perform pg_advisory_xact_lock(7); end'")) {
            lost(asDemo().header("Request-Timeout", 5)
                    .header("Idempotency-Key", key)
                    .body(planning)
                    .post("/v1/users/{user}/meetings", user)
                    .then());
            lock.rollback();
        } finally {
            Database.execute(LocalPostgres.url(), "drop function hold cascade");
        }

        Await.until(() -> create(user, key).statusCode() == 201);
        assertEquals(1, creations());
    }

    @Test
    void forgetsAKeyAfterADay() throws Exception {
        String user = connectedUser();
        create(user, key).then().statusCode(201);
        assertEquals(
                1,
                Database.count("idempotency_key where expires_at between now() + interval '23 hours 59 minutes'"
                        + " and now() + interval '24 hours' and meeting_id is not null and connection_id in"
                        + " (select id from connection where user_id = '%s')".formatted(user)));
        Database.update("update idempotency_key set expires_at = now() - interval '1 second'");

        planning.put("subject", "Another");
        create(user, key).then().statusCode(201).body("subject", equalTo("Another"));
        assertEquals(2, creations());
    }

    @Test
    void forgetsKeysWhenTheUserDisconnects() {
        String user = freshUser();
        create(user, key).then().statusCode(404).body("code", equalTo("not-connected"));
        walk(new Browser(), connectLink(user));
        String id = created(create(user, key));

        asDemo().delete("/v1/users/{user}/connection", user).then().statusCode(204);
        create(user, key).then().statusCode(404).body("code", equalTo("not-connected"));

        walk(new Browser(), connectLink(user));
        assertNotEquals(id, created(create(user, key)));
    }

    @Test
    void marksALostCreationWithoutAKeyAsNotRetryable() {
        String user = connectedUser();
        Sandbox.fault("api", "RESET_AFTER");
        lost(create(user, null).then())
                .body("retryable", equalTo(false))
                .body("detail", containsString("Idempotency-Key"));

        Sandbox.set("rotation", "STABLE");
        Sandbox.expireAccessTokens();
        Sandbox.fault("token", "STATUS", Map.of("status", 503));
        lost(create(user, null).then()).body("retryable", equalTo(true));
        assertEquals(2, creations());
    }

    private Response create(String user, String idempotencyKey) {
        var request = asDemo().body(planning);
        return (idempotencyKey == null ? request : request.header("Idempotency-Key", idempotencyKey))
                .post("/v1/users/{user}/meetings", user);
    }

    private static String created(Response answer) {
        return answer.then().statusCode(201).extract().path("id");
    }

    private void invalid(String notAKey) {
        String user = connectedUser();
        create(user, notAKey)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("invalid-request"))
                .body("field", equalTo("Idempotency-Key"));
        assertEquals(0, creations());
    }

    private static ValidatableResponse conflict(ValidatableResponse answer, int status) {
        return answer.statusCode(status)
                .contentType("application/problem+json")
                .body("status", equalTo(status))
                .body("code", equalTo("idempotency-conflict"));
    }

    private static ValidatableResponse lost(ValidatableResponse answer) {
        return answer.statusCode(503)
                .header("Retry-After", matchesPattern("\\d+"))
                .body("code", equalTo("goto-unavailable"));
    }

    /** Lets the time pass after which a missing meeting was not created. */
    private static void settle() {
        Database.update("update idempotency_key set settled_at = now() - interval '1 second'");
    }

    private static boolean isWaitingForAnother() {
        return Database.count("pg_stat_activity where wait_event_type = 'Lock' and query like '%idempotency_key%'") > 0;
    }

    private static void awaitCreation() {
        Await.until(() -> creations() > 0);
    }

    /** How many requests for a new meeting GoTo has received. */
    private static int creations() {
        return Sandbox.requests("api", "POST");
    }
}
