package dev.meetgate.history;

import static dev.meetgate.Api.asDemo;
import static dev.meetgate.Api.connectedUser;
import static dev.meetgate.Api.freshUser;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meetgate.Sandbox;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class HistoryTest {

    private static final String HISTORY = "/v1/users/{user}/meetings/history";
    private static final String ROOM = "1234567890123456789";
    private static final String ROOMS_ATTENDEES = "/v1/users/{user}/meetings/" + ROOM + "/attendees";
    private static final long SESSION = 9_223_372_036_854_770_000L;
    private static final Instant YEAR = Instant.parse("2020-01-01T00:00:00Z");
    private static final int DAYS_OF_A_WINDOW = 31;

    @BeforeEach
    void reset() {
        Sandbox.reset();
    }

    @ParameterizedTest
    @ValueSource(strings = {"QUIRKY", "PLAIN"})
    void showsTheSessionsOfARange(String dress) {
        Sandbox.set("dress", dress);
        hold(YEAR, Map.of("attendees", List.of(attendee("Ada", "ada@example.org"), attendee("A guest", ""))));

        history(connectedUser(), Map.of("from", YEAR, "to", YEAR.plusSeconds(1)))
                .body("items", hasSize(1))
                .body("nextCursor", nullValue())
                .body("items[0].id", equalTo(Long.toString(SESSION)))
                .body("items[0].meetingId", equalTo(ROOM))
                .body("items[0].subject", equalTo("a < b"))
                .body("items[0].startTime", equalTo("2020-01-01T00:00:00Z"))
                .body("items[0].endTime", equalTo("2020-01-01T00:30:00Z"))
                .body("items[0].type", equalTo("SCHEDULED"))
                .body("items[0].durationMinutes", equalTo(30))
                .body("items[0].attendeeCount", equalTo(2))
                .body("items[0].organizer.email", equalTo("jane.doe@example.com"))
                .body("items[0].organizer.organizerKey", equalTo("1234567890123456789"))
                .body("items[0].recording", nullValue());
    }

    @ParameterizedTest
    @CsvSource({"QUIRKY, false", "PLAIN, true"})
    void showsARecording(String dress, boolean shared) {
        Sandbox.set("dress", dress);
        hold(YEAR, Map.of("recorded", true));

        history(connectedUser(), Map.of("from", YEAR, "to", YEAR.plusSeconds(1)))
                .body("items[0].recording.id", equalTo(Long.toString(SESSION)))
                .body("items[0].recording.name", equalTo("a < b"))
                .body("items[0].recording.downloadUrl", notNullValue())
                .body("items[0].recording.fileSize", equalTo(123_456_789))
                .body("items[0].recording.shareUrl", shared ? notNullValue() : nullValue());
    }

    @Test
    void endsTheRangeNowByDefault() {
        Instant lastWeek = Instant.now().minus(Duration.ofDays(6)).truncatedTo(ChronoUnit.SECONDS);
        Instant tomorrow = Instant.now().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS);
        hold(lastWeek, Map.of());
        hold(tomorrow, Map.of("sessionId", 1));

        var ids = everything(connectedUser(), Map.of("from", lastWeek));

        assertTrue(ids.contains(Long.toString(SESSION)), ids::toString);
        assertTrue(!ids.contains("1"), ids::toString);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 37, 200})
    @Tag("thorough")
    void listsEverySessionOnceAndInOrder(int limit) {
        String user = connectedUser();
        int sessions = limit == 1 ? 7 : 400;
        hold(YEAR, Map.of("times", sessions, "everyMinutes", 7 * 60));

        var ids = everything(user, Map.of("from", YEAR, "to", YEAR.plus(Duration.ofDays(300)), "limit", limit));

        assertEquals(
                LongStream.range(SESSION, SESSION + sessions)
                        .mapToObj(Long::toString)
                        .toList(),
                ids);
    }

    @Test
    void takesRangesOfAnyLength() {
        ask(connectedUser(), HISTORY, Map.of("from", "0001-01-01T00:00:00Z", "to", "9999-12-31T23:59:59Z"))
                .statusCode(200)
                .body("nextCursor", notNullValue());
    }

    @Test
    void isEmptyForTheFuture() {
        String user = connectedUser();

        ask(user, HISTORY, Map.of("from", "2099-01-01T00:00:00Z"))
                .statusCode(200)
                .body("items", hasSize(0))
                .body("nextCursor", nullValue());
    }

    /** GoTo returns such a session in both windows. */
    @Test
    void listsASessionAtTheEdgeOfTwoWindowsOnce() {
        String user = connectedUser();
        hold(YEAR, Map.of("times", 6, "everyMinutes", DAYS_OF_A_WINDOW * 24 * 60));

        var range = Map.<String, Object>of("from", YEAR, "to", YEAR.plus(Duration.ofDays(DAYS_OF_A_WINDOW * 5L)));

        assertEquals(5, everything(user, range).size());
        assertEquals(
                5,
                Sandbox.requestLines().stream()
                        .filter(request -> request.endsWith("historicalMeetings"))
                        .count());
    }

    @Test
    void listsEverySessionOnceWhenAllBeginAtTheSameTime() {
        String user = connectedUser();
        hold(YEAR, Map.of("times", 90, "everyMinutes", 0));

        var ids = everything(user, Map.of("from", YEAR, "to", YEAR.plusSeconds(1), "limit", 20));

        assertEquals(90, ids.size());
        assertEquals(90, ids.stream().distinct().count());
    }

    @Test
    void asksGoToOnlyForWhatAPageNeeds() {
        String user = connectedUser();
        hold(YEAR, Map.of("times", 300, "everyMinutes", 24 * 60));
        int before = Sandbox.requests("api");

        history(user, Map.of("from", YEAR, "to", YEAR.plus(Duration.ofDays(300)), "limit", 10))
                .body("items", hasSize(10))
                .body("nextCursor", notNullValue());

        assertEquals(1, Sandbox.requests("api") - before);
    }

    @Test
    void boundsTheCallsForAPage() {
        String user = connectedUser();
        Instant end = Instant.parse("2025-12-31T00:00:00Z");
        hold(end.minusSeconds(60), Map.of());
        var range = Map.<String, Object>of("from", "2015-12-31T00:00:00Z", "to", end);

        int before = Sandbox.requests("api");
        history(user, range).body("items", hasSize(0)).body("nextCursor", notNullValue());
        assertEquals(12, Sandbox.requests("api") - before);

        assertEquals(List.of(Long.toString(SESSION)), everything(user, range));
    }

    @Tag("thorough")
    @Test
    void continuesAfterAnErrorOfGoTo() {
        String user = connectedUser();
        hold(YEAR, Map.of("times", 3, "everyMinutes", DAYS_OF_A_WINDOW * 24 * 60));
        var range = new HashMap<String, Object>(Map.of("from", YEAR, "to", YEAR.plus(Duration.ofDays(100))));
        Sandbox.fault("api", "SLOW");
        Sandbox.faults("api", "STATUS", Map.of("status", 429));

        String cursor = history(user, range).body("items", hasSize(1)).extract().path("nextCursor");

        range.put("cursor", cursor);
        ask(user, HISTORY, range).statusCode(429).body("code", equalTo("rate-limited"));
        Sandbox.clearFaults();
        history(user, range).body("items", hasSize(2)).body("nextCursor", nullValue());
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "NULL, NULL, from",
                "NULL, 2020-02-01T00:00:00Z, from",
                "2020-01-01, NULL, from",
                "2020-01-01T00:00:00, NULL, from",
                "yesterday, NULL, from",
                "'', NULL, from",
                "2020-02-30T00:00:00Z, NULL, from",
                "1577836800, NULL, from",
                "-999999999-01-01T00:00:00Z, NULL, from",
                "+1000000000-01-01T00:00:00Z, NULL, from",
                "0000-01-01T00:00:00Z, NULL, from",
                "2020-01-01T00:00:00Z, 2020-02-31T00:00:00Z, to",
                "2020-01-01T00:00:00Z, 06/14/2012 11:14:43, to",
                "2020-02-01T00:00:00Z, 2020-01-01T00:00:00Z, from",
                "2020-01-01T00:00:00Z, 2020-01-01T00:00:00Z, from",
            },
            nullValues = "NULL")
    void namesTheWrongEndOfTheRange(String from, String to, String field) {
        var query = new HashMap<String, Object>();
        if (from != null) {
            query.put("from", from);
        }
        if (to != null) {
            query.put("to", to);
        }
        refused(asDemo().queryParams(query).get(HISTORY, freshUser()).then(), field);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "%%%",
                "bm9uc2Vuc2U", // nonsense
                "MjAyMC0wMS0wMVQwMDowMDowMFogLTE", // 2020-01-01T00:00:00Z -1
                "MjAyMC0wMS0wMVQwMDowMDowMFogOTk5OTk5OTk5OTk5", // 2020-01-01T00:00:00Z 999999999999
                "MjAxOS0wMS0wMVQwMDowMDowMFogMA", // 2019-01-01T00:00:00Z 0
                "MjAyMS0wMS0wMVQwMDowMDowMFogMA", // 2021-01-01T00:00:00Z 0
            })
    void refusesACursorOfAnotherList(String cursor) {
        Map<String, Object> query = Map.of("from", YEAR, "to", YEAR.plus(Duration.ofDays(9)), "cursor", cursor);

        refused(ask(freshUser(), HISTORY, query), "cursor");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "201", "-1", "ten", "1.5", "99999999999"})
    void refusesAnInvalidLimit(String limit) {
        refused(ask(freshUser(), HISTORY, Map.of("from", YEAR, "limit", limit)), "limit");
        refused(ask(freshUser(), ROOMS_ATTENDEES, Map.of("limit", limit)), "limit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"QUIRKY", "PLAIN"})
    void listsTheAttendees(String dress) {
        Sandbox.set("dress", dress);
        hold(YEAR, Map.of("attendees", List.of(attendee("Ada", "ada@example.org"), attendee("Guest", ""))));
        hold(YEAR.plusSeconds(3600), Map.of("sessionId", 5, "attendees", List.of(attendee("Ada", ""))));
        String user = connectedUser();

        asDemo().get(ROOMS_ATTENDEES, user)
                .then()
                .statusCode(200)
                .body("items", hasSize(3))
                .body("nextCursor", nullValue())
                .body("items[0].sessionId", equalTo(Long.toString(SESSION)))
                .body("items[0].meetingId", equalTo(ROOM))
                .body("items[0].name", equalTo("Ada"))
                .body("items[0].email", equalTo("ada@example.org"))
                .body("items[0].joinTime", equalTo("2020-01-01T00:00:00Z"))
                .body("items[0].leaveTime", equalTo("2020-01-01T00:30:00Z"))
                .body("items[0].durationMinutes", equalTo(30))
                .body("items[0].subject", equalTo("a < b"))
                .body("items[0].organizer.email", equalTo("jane.doe@example.com"))
                .body("items[0].organizer.organizerKey", equalTo("1234567890123456789"))
                .body("items[0].organizer.groupName", nullValue())
                .body("items[1].email", nullValue())
                .body("items[2].sessionId", equalTo("5"));
        asDemo().queryParam("session", "5")
                .get(ROOMS_ATTENDEES, user)
                .then()
                .body("items", hasSize(1))
                .body("items[0].startTime", equalTo("2020-01-01T01:00:00Z"));
        asDemo().queryParam("session", "6").get(ROOMS_ATTENDEES, user).then().body("items", hasSize(0));
    }

    /** Two guests without a name look the same and are two attendees. */
    @Test
    void listsEveryAttendeeOnceWhenTheyLookAlike() {
        String user = connectedUser();
        hold(YEAR, Map.of("attendees", Collections.nCopies(120, attendee("A guest", ""))));

        assertEquals(120, everything(user, ROOMS_ATTENDEES, Map.of(), "name").size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "-1", "0", "12345678901234567890"})
    void refusesAnInvalidSessionId(String session) {
        refused(
                asDemo().queryParam("session", session)
                        .get(ROOMS_ATTENDEES, freshUser())
                        .then(),
                "session");
    }

    private static Map<String, String> attendee(String name, String email) {
        return Map.of("name", name, "email", email);
    }

    private static void hold(Instant start, Map<String, Object> details) {
        var session = new HashMap<String, Object>(Map.of(
                "meetingId", Long.valueOf(ROOM), "sessionId", SESSION, "subject", "a < b", "start", start.toString()));
        session.putAll(details);
        Sandbox.addSessions(session);
    }

    private static ValidatableResponse history(String user, Map<String, Object> query) {
        return ask(user, HISTORY, query).statusCode(200);
    }

    private static ValidatableResponse ask(String user, String path, Map<String, Object> query) {
        var parameters = new HashMap<String, String>();
        query.forEach((name, value) -> parameters.put(name, value.toString()));
        return asDemo().queryParams(parameters).get(path, user).then();
    }

    private static List<String> everything(String user, Map<String, Object> query) {
        return everything(user, HISTORY, query, "id");
    }

    /** Reads all pages and returns one field of each item. */
    private static List<String> everything(String user, String path, Map<String, Object> query, String field) {
        var found = new ArrayList<String>();
        var page = new HashMap<String, Object>(query);
        String cursor;
        do {
            JsonPath answer = ask(user, path, page).statusCode(200).extract().jsonPath();
            assertTrue(answer.getList("items").size() <= (int) query.getOrDefault("limit", 50));
            found.addAll(answer.getList("items." + field, String.class));
            assertTrue(found.size() <= 1000, "the list does not end");
            cursor = answer.getString("nextCursor");
            page.put("cursor", String.valueOf(cursor));
        } while (cursor != null);
        return found;
    }

    private static void refused(ValidatableResponse answer, String field) {
        answer.statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("invalid-request"))
                .body("field", equalTo(field));
    }
}
