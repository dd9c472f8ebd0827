package dev.meetgate.budget;

import static dev.meetgate.Api.asDemo;
import static dev.meetgate.Api.asOther;
import static dev.meetgate.Api.connectedUser;
import static dev.meetgate.Api.freshUser;
import static dev.meetgate.Api.meetings;
import static dev.meetgate.Api.planning;
import static dev.meetgate.Api.walk;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meetgate.Api;
import dev.meetgate.Await;
import dev.meetgate.Browser;
import dev.meetgate.Database;
import dev.meetgate.Sandbox;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Budget, deadline and retries from a caller's side. {@code SharedBudgetIT} counts the calls at GoTo. */
@QuarkusTest
class BudgetTest {

    private final List<String> usersOfOther = new ArrayList<>();

    @BeforeEach
    void reset() {
        Sandbox.reset();
        Database.update("update goto_budget set next_slot = now(), paused_until = now(), full_speed_at = now()");
    }

    @AfterEach
    void clearFaults() {
        Sandbox.clearFaults();
        usersOfOther.forEach(user -> asOther().delete("/v1/users/{user}/connection", user));
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "seconds", "date"})
    @Tag("thorough")
    void pausesAfterA429AndRepeatsTheCall(String retryAfter) {
        String user = connectedUser();
        tooManyRequests(
                switch (retryAfter) {
                    case "seconds" -> "1";
                    case "date" -> date(ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(3));
                    default -> null;
                });
        long began = System.nanoTime();

        meetings(user).then().statusCode(200);

        long millis = Duration.ofNanos(System.nanoTime() - began).toMillis();
        assertTrue(millis > 800 && millis < 4800, millis + " ms");
        assertEquals(2, Sandbox.requests("api"));
    }

    @Test
    @Tag("thorough")
    void repeatsACreationAfterA429() {
        String user = connectedUser();
        tooManyRequests("1");

        create(user).statusCode(201);
        meetings(user).then().body("items.size()", equalTo(1));
    }

    @Test
    @Tag("thorough")
    void refusesACallThatCannotBeSentInTime() {
        String user = connectedUser();
        tooManyRequests("5");
        long began = System.nanoTime();

        within("3", user)
                .then()
                .statusCode(429)
                .contentType("application/problem+json")
                .header("Retry-After", matchesPattern("[45]"))
                .header("RateLimit", matchesPattern("\"goto\";r=0;t=[45]"))
                .body("code", equalTo("rate-limited"))
                .body("retryable", equalTo(true));
        within("2.5", user).then().statusCode(429).header("Retry-After", matchesPattern("[345]"));

        assertTrue(System.nanoTime() - began < Duration.ofMillis(2500).toNanos());
        assertEquals(1, Sandbox.requests("api"));
        meetings(user).then().statusCode(200);
    }

    @Test
    @Tag("thorough")
    void refusesACreationWithAKeyThatCannotBeSentInTime() {
        String user = connectedUser();
        tooManyRequests("5");
        long began = System.nanoTime();

        within("3", user).then().statusCode(429);
        createWithKeyWithin("2.5", user).statusCode(429).header("RateLimit", matchesPattern("\"goto\";r=0;t=[345]"));

        assertTrue(System.nanoTime() - began < Duration.ofMillis(2500).toNanos());
        createWithKeyWithin("10", user).statusCode(201).header("RateLimit", matchesPattern("\"goto\";r=\\d+;t=\\d+"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "301", "1e1", "soon", "1;2", "0.0000000001"})
    void refusesAnInvalidTimeout(String timeout) {
        within(timeout, freshUser())
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("invalid-request"))
                .body("field", equalTo("Request-Timeout"));
    }

    @Test
    @Tag("thorough")
    void endsACallAtItsDeadline() {
        String user = connectedUser();
        Sandbox.fault("api", "SLOW", Map.of("delayMillis", 5000));
        long began = System.nanoTime();

        within("0.7", user)
                .then()
                .statusCode(503)
                .header("Retry-After", matchesPattern("\\d+"))
                .body("code", equalTo("goto-unavailable"));

        long millis = Duration.ofNanos(System.nanoTime() - began).toMillis();
        assertTrue(millis >= 600 && millis < 2500, millis + " ms");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RESET", "RESET_AFTER", "EMPTY", "HTML", "HALF", "STATUS"})
    @Tag("thorough")
    void repeatsAReadAtMostTwice(String kind) {
        String user = connectedUser();
        Sandbox.fault("api", kind, Map.of("times", 2));
        meetings(user).then().statusCode(200);
        assertEquals(3, Sandbox.requests("api"));

        Sandbox.fault("api", kind, Map.of("times", 3));
        meetings(user).then().statusCode(503);
        assertEquals(6, Sandbox.requests("api"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"RESET", "RESET_AFTER", "EMPTY", "HTML", "HALF", "STATUS"})
    @Tag("thorough")
    void neverRepeatsAWriteThatMayHaveBeenExecuted(String kind) {
        String user = connectedUser();
        Sandbox.fault("api", kind);

        create(user).statusCode(503);
        assertEquals(1, Sandbox.requests("api"));
    }

    @Tag("thorough")
    @Test
    void neverRepeatsATokenRequest() {
        String user = connectedUser();
        Sandbox.expireAccessTokens();
        Sandbox.fault("token", "STATUS", Map.of("status", 503, "times", 3));

        meetings(user).then().statusCode(503);
        assertEquals(1, Sandbox.tokenRequests("refresh_token"));
    }

    @Test
    void sendsRateLimitHeadersWithCallsToGoToOnly() {
        String user = connectedUser();

        meetings(user)
                .then()
                .header("RateLimit-Policy", equalTo("\"goto\";q=10000;w=1"))
                .header("RateLimit", matchesPattern("\"goto\";r=\\d+;t=1"));
        asDemo().get("/v1/users/{user}/connection", user)
                .then()
                .header("RateLimit", nullValue())
                .header("RateLimit-Policy", nullValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"600", "6", "86400", "date"})
    @Tag("thorough")
    void letsOthersWaitForSecondsWhileOneAccountWaitsForLong(String retryAfter) {
        String user = connectedUser();
        String colleague = connectedUser();
        String other = connectedUserOfOther();
        tooManyRequests(
                retryAfter.equals("date")
                        ? date(ZonedDateTime.now(ZoneOffset.UTC).plusMinutes(10))
                        : retryAfter);

        within("4", user)
                .then()
                .statusCode(429)
                .header("Retry-After", matchesPattern(retryAfter.equals("6") ? "[56]" : "600|59\\d"));
        within("4", user).then().statusCode(429);
        asOther()
                .header("Request-Timeout", 4)
                .get("/v1/users/{user}/meetings", other)
                .then()
                .statusCode(200);
        within("4", colleague).then().statusCode(200);
        asDemo().header("Request-Timeout", 4)
                .get("/v1/users/{user}/account", user)
                .then()
                .statusCode(200);
        assertEquals(1, Collections.frequency(Sandbox.statuses("api"), 429));
    }

    @Test
    @Tag("thorough")
    void goesOnAfterALongWait() {
        String user = connectedUser();
        tooManyRequests("6");
        within("1", user).then().statusCode(429);

        within("10", user).then().statusCode(200);
    }

    @Test
    @Tag("thorough")
    void letsOthersWaitForSecondsWhileManyAccountsWaitForLong() {
        String other = connectedUserOfOther();
        var users = Stream.generate(Api::connectedUser).limit(5).toList();
        Sandbox.fault("api", "STATUS", Map.of("status", 429, "retryAfter", "600", "times", users.size()));
        users.forEach(user -> within("4", user).then().statusCode(429));

        asOther()
                .header("Request-Timeout", 4)
                .get("/v1/users/{user}/meetings", other)
                .then()
                .statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"next_slot", "paused_until", "full_speed_at"})
    void healsFromAClockThatStepped(String column) {
        String user = connectedUser();
        within("4", user).then().statusCode(200);

        for (String step : List.of("1 hour", "-1 hour", "10 years", "50 seconds")) {
            Database.update("update goto_budget set %s = now() + interval '%s'".formatted(column, step));
            within("3", user).then().statusCode(200);
        }
        // A call with a slot that was reserved before does not write the row.
        Await.until(() -> {
            within("3", user).then().statusCode(200);
            return Database.count("goto_budget where next_slot > now() + interval '6 seconds' or paused_until > now()"
                            + " + interval '6 seconds' or full_speed_at > now() + interval '26 seconds'")
                    == 0;
        });
    }

    @Test
    @Tag("thorough")
    void healsFromAClockThatSteppedDuringAPause() {
        String user = connectedUser();
        Database.update("update goto_budget set next_slot = now() + interval '1 hour'");
        tooManyRequests("2");

        within("6", user).then().statusCode(200);
    }

    @Test
    @Tag("thorough")
    void forgetsAPauseThatWasTakenOutOfTheDatabase() {
        String user = connectedUser();
        tooManyRequests("5");
        within("1", user).then().statusCode(429);
        Database.update("update goto_budget set next_slot = now(), paused_until = now(), full_speed_at = now()");

        within("9", user).then().statusCode(200);
        assertEquals(0, Database.count("goto_budget where next_slot > now() + interval '1 second'"));
    }

    private static Response within(String seconds, String user) {
        return asDemo().header("Request-Timeout", seconds).get("/v1/users/{user}/meetings", user);
    }

    private String connectedUserOfOther() {
        String user = freshUser();
        usersOfOther.add(user);
        String link = asOther().post("/v1/users/{user}/connect-links", user).path("url");
        assertTrue(walk(new Browser(), link).contains("status=connected"));
        return user;
    }

    private static void tooManyRequests(String retryAfter) {
        var details = new HashMap<String, Object>(Map.of("status", 429));
        if (retryAfter != null) {
            details.put("retryAfter", retryAfter);
        }
        Sandbox.fault("api", "STATUS", details);
    }

    private static String date(ZonedDateTime time) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(time);
    }

    private static ValidatableResponse create(String user) {
        return create(user, asDemo());
    }

    private static ValidatableResponse createWithKeyWithin(String seconds, String user) {
        return create(user, asDemo().header("Request-Timeout", seconds).header("Idempotency-Key", UUID.randomUUID()));
    }

    private static ValidatableResponse create(String user, RequestSpecification request) {
        return request.body(planning()).post("/v1/users/{user}/meetings", user).then();
    }
}
