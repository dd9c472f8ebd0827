package dev.meetgate.meetings;

import static dev.meetgate.Api.asDemo;
import static dev.meetgate.Api.connectLink;
import static dev.meetgate.Api.connectedUser;
import static dev.meetgate.Api.freshUser;
import static dev.meetgate.Api.meetings;
import static dev.meetgate.Api.walk;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meetgate.Browser;
import dev.meetgate.Sandbox;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class MeetingsTest {

    private final Instant start = Instant.now().plus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
    private final Map<String, Object> planning = new HashMap<>(Map.of(
            "subject",
            "Planning",
            "startTime",
            start.toString(),
            "endTime",
            start.plus(1, ChronoUnit.HOURS).toString()));

    @BeforeEach
    void reset() {
        Sandbox.reset();
    }

    @ParameterizedTest
    @ValueSource(strings = {"QUIRKY", "PLAIN"})
    void createsShowsListsAndDeletesAMeeting(String dress) {
        Sandbox.set("dress", dress);
        String user = connectedUser();

        var created = create(user)
                .statusCode(201)
                .body("id", matchesPattern("\\d+"))
                .body("subject", equalTo("Planning"))
                .body("startTime", equalTo(start.toString()))
                .body("type", equalTo("SCHEDULED"))
                .body("audio", equalTo("HYBRID"))
                .body("passwordRequired", equalTo(false))
                .body("joinUrl", matchesPattern("https?://.*"))
                .extract();
        String id = created.path("id");
        assertEquals("/v1/users/" + user + "/meetings/" + id, created.header("Location"));

        asDemo().get(created.header("Location"))
                .then()
                .statusCode(200)
                .body("id", equalTo(id))
                .body("subject", equalTo("Planning"))
                .body("startTime", equalTo(start.toString()))
                .body("endTime", equalTo(planning.get("endTime")))
                .body("type", equalTo("SCHEDULED"))
                .body("passwordRequired", equalTo(false))
                .body("audio", equalTo("HYBRID"))
                .body("joinUrl", equalTo(created.path("joinUrl")))
                .body("dialIn", dress.equals("QUIRKY") ? notNullValue() : nullValue());
        meetings(user)
                .then()
                .statusCode(200)
                .body("items.size()", equalTo(1))
                .body("items[0].id", equalTo(id))
                .body("items[0].startTime", equalTo(start.toString()))
                .body("items[0].joinUrl", equalTo(created.path("joinUrl")))
                .body("items[0].organizer.email", equalTo("jane.doe@example.com"));

        asDemo().delete("/v1/users/{user}/meetings/{id}", user, id).then().statusCode(204);
        asDemo().get("/v1/users/{user}/meetings/{id}", user, id)
                .then()
                .statusCode(404)
                .body("code", equalTo("meeting-not-found"));
        meetings(user).then().body("items.size()", equalTo(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "a < b > c & d \" '", "<script>alert(1)</script>", "Ünïcode 日本語", "party 🎉", "&amp;"})
    void keepsTheSubject(String subject) {
        String user = connectedUser();
        planning.put("subject", subject);

        String id = create(user)
                .statusCode(201)
                .body("subject", equalTo(subject))
                .extract()
                .path("id");
        asDemo().get("/v1/users/{user}/meetings/{id}", user, id).then().body("subject", equalTo(subject));
    }

    @Test
    void acceptsSubjectsOfUpTo100Characters() {
        String user = connectedUser();
        planning.put("subject", "x".repeat(100));
        create(user).statusCode(201);

        planning.put("subject", "x".repeat(101));
        create(user).statusCode(400).body("field", equalTo("subject"));
    }

    @Test
    void sendsEveryValueToGoTo() {
        planning.putAll(Map.of(
                "type",
                "RECURRING",
                "audio",
                "VOIP",
                "passwordRequired",
                true,
                "coorganizers",
                List.of("1234567890123456789")));
        String user = connectedUser();

        String id = create(user)
                .statusCode(201)
                .body("type", equalTo("RECURRING"))
                .body("audio", equalTo("VOIP"))
                .body("passwordRequired", equalTo(true))
                .body("coorganizers", equalTo(List.of("1234567890123456789")))
                .extract()
                .path("id");
        asDemo().get("/v1/users/{user}/meetings/{id}", user, id)
                .then()
                .body("type", equalTo("RECURRING"))
                .body("passwordRequired", equalTo(true));
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "subject, NULL",
                "subject, ''",
                "subject, '   '",
                "startTime, NULL",
                "startTime, 2027-01-15T09:00:00",
                "startTime, 2027-01-15",
                "startTime, tomorrow",
                "startTime, 2027-02-30T09:00:00Z",
                "startTime, +1000000000-12-31T23:59:59Z",
                "endTime, NULL",
                "endTime, 2020-01-01T00:00:00Z",
                "type, scheduled",
                "audio, CARRIER_PIGEON",
            },
            nullValues = "NULL")
    @Tag("thorough")
    void namesTheWrongField(String field, String value) {
        planning.put(field, value);

        refused(field);
    }

    @Test
    void namesTheFieldWithTheWrongType() {
        for (var wrong : Map.<String, Object>of(
                        "subject",
                        5,
                        "startTime",
                        1_800_000_000,
                        "endTime",
                        List.of(),
                        "type",
                        Map.of(),
                        "passwordRequired",
                        "true",
                        "coorganizers",
                        "1234567890123456789")
                .entrySet()) {
            Object good = planning.put(wrong.getKey(), wrong.getValue());
            refused(wrong.getKey());
            planning.put(wrong.getKey(), good);
        }
        planning.put("coorganizers", List.of("jane"));
        refused("coorganizers");
    }

    @Test
    void refusesAnEndThatIsNotAfterTheStart() {
        planning.put("endTime", planning.get("startTime"));

        refused("endTime");
    }

    @Test
    void acceptsTimesInEveryZone() {
        planning.put("startTime", start.toString().replace("Z", "+02:00"));
        planning.put("endTime", start.plusSeconds(60).toString().replace("Z", "+02:00"));

        create(connectedUser())
                .statusCode(201)
                .body("startTime", equalTo(start.minus(2, ChronoUnit.HOURS).toString()));
    }

    @Test
    void reportsARejectionByGoTo() {
        // GoTo decides about a start that is nearly now.
        planning.put("startTime", Instant.now().minusSeconds(120).toString());

        create(connectedUser())
                .statusCode(422)
                .contentType("application/problem+json")
                .body("code", equalTo("rejected-by-goto"))
                .body("gotoStatus", equalTo(400))
                .body("gotoCode", equalTo("RequestValidationError"))
                .body("field", equalTo("startTime"))
                .body("retryable", equalTo(false));
    }

    @ParameterizedTest
    @CsvSource({
        "int_err_code, InvalidToken!, ,",
        "int_err_code, RequestValidationError, RequestValidationError,",
        "errorCode, NOT_FOUND, NOT_FOUND,",
        "code, not.authenticated, not.authenticated,",
        "errorCode, text of GoTo, ,",
        "errorCode, 'conferencecallinfo is wrong', , audio",
        "message, 'Meetingtype must be known', , type",
        "message, 'coorganizerKeys', , coorganizers",
        "message, 'endtime before starttime', ,",
        "message, 'thesubject', ,",
        "message, 'timezonekey', ,"
    })
    @Tag("thorough")
    void tellsOnlyTheWordsOfGoToThatAreKnown(String member, String text, String code, String field) {
        String user = connectedUser();
        Sandbox.fault("api", "STATUS", Map.of("status", 400, "body", Map.of(member, text)));

        String answer = create(user)
                .statusCode(422)
                .body("gotoCode", equalTo(code))
                .body("field", equalTo(field))
                .extract()
                .asString();
        assertTrue(text.equals(code) || !answer.contains(text), answer);
    }

    @Test
    void takesATimeInTheFarFuture() {
        planning.put("startTime", "2199-01-15T09:00:00Z");
        planning.put("endTime", "2199-01-15T10:00:00Z");

        create(connectedUser()).statusCode(201).body("startTime", equalTo("2199-01-15T09:00:00Z"));
    }

    @Test
    void refusesAStartInThePast() {
        planning.put("startTime", "2020-01-15T09:00:00Z");
        refused("startTime");

        planning.put("startTime", Instant.now().minusSeconds(600).toString());
        refused("startTime");

        planning.put("startTime", Instant.now().minusSeconds(30).toString());
        create(connectedUser()).statusCode(201);
    }

    @Test
    void leavesTheTimesOfARecurringMeetingToGoTo() {
        planning.putAll(Map.of("startTime", "2020-01-15T09:00:00Z", "type", "RECURRING"));

        create(connectedUser()).statusCode(422).body("field", equalTo("startTime"));
    }

    @Test
    void reportsAMissingLicence() {
        Sandbox.set("consentAccount", "free.plan@example.com");
        String user = freshUser();
        walk(new Browser(), connectLink(user));

        create(user).statusCode(403).body("code", equalTo("forbidden-by-goto")).body("gotoStatus", equalTo(412));
    }

    @Test
    void hidesTheMeetingsOfOtherAccounts() {
        String id = create(connectedUser()).extract().path("id");
        Sandbox.set("consentAccount", "sam.lee@example.com");
        String sam = freshUser();
        walk(new Browser(), connectLink(sam));

        asDemo().get("/v1/users/{user}/meetings/{id}", sam, id)
                .then()
                .statusCode(404)
                .body("code", equalTo("meeting-not-found"));
        asDemo().delete("/v1/users/{user}/meetings/{id}", sam, id).then().statusCode(404);
    }

    @Test
    void reportsThatAUserIsNotConnected() {
        meetings(freshUser()).then().statusCode(404).body("code", equalTo("not-connected"));
        create(freshUser()).statusCode(404).body("code", equalTo("not-connected"));
    }

    /** An unreadable answer concerns one account. It does not count as an outage of GoTo. */
    @Test
    @Tag("thorough")
    void keepsCallingGoToAfterUnreadableAnswers() {
        String user = connectedUser();
        Map<String, Object> odd = Map.of("meetingId", 1, "coorganizerKeys", Map.of("key", 1));
        Sandbox.faults("api", "STATUS", Map.of("status", 200, "body", odd));
        for (int call = 0; call < 8; call++) {
            meetings(user).then().statusCode(503).body("code", equalTo("goto-unavailable"));
        }

        assertEquals(24, Sandbox.requests("api"));
        Sandbox.clearFaults();
        meetings(user).then().statusCode(200);
    }

    @ParameterizedTest
    @CsvSource({"NONSENSE, 200", "STATUS, 204"})
    void keepsCallingGoToAfterMeaninglessAnswers(String kind, int status) {
        String user = connectedUser();
        Sandbox.faults("api", kind, Map.of("status", status));
        for (int call = 0; call < 25; call++) {
            create(user).statusCode(503).body("retryable", equalTo(false));
        }

        assertEquals(25, Sandbox.requests("api"));
        Sandbox.clearFaults();
        meetings(user).then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RESET", "RESET_AFTER", "EMPTY", "HTML", "NONSENSE", "HALF", "HUGE", "ENDLESS"})
    @Tag("thorough")
    void reportsThatGoToIsUnavailableAndKeepsTheConnection(String kind) {
        String user = connectedUser();
        Sandbox.fault("api", kind, Map.of("times", 0));

        meetings(user)
                .then()
                .statusCode(503)
                .contentType("application/problem+json")
                .header("Retry-After", matchesPattern("\\d+"))
                .body("code", equalTo("goto-unavailable"))
                .body("retryable", equalTo(true));
        Sandbox.clearFaults();
        meetings(user).then().statusCode(200);
        assertEquals(0, Sandbox.tokenRequests("refresh_token"));
    }

    @Test
    void createsOnceWhenTheAnswerIsLost() {
        String user = connectedUser();
        Sandbox.fault("api", "RESET_AFTER");

        create(user).statusCode(503);
        meetings(user).then().body("items.size()", equalTo(1));
    }

    @ParameterizedTest
    @CsvSource({
        "500, goto-unavailable, 503",
        "502, goto-unavailable, 503",
        "302, goto-unavailable, 503",
        "400, rejected-by-goto, 422",
        "409, rejected-by-goto, 422"
    })
    @Tag("thorough")
    void translatesErrorsOfGoTo(int gotoStatus, String code, int status) {
        String user = connectedUser();
        Sandbox.fault("api", "STATUS", Map.of("status", gotoStatus, "body", Map.of("msg", "text of GoTo"), "times", 0));

        String answer = meetings(user)
                .then()
                .statusCode(status)
                .body("code", equalTo(code))
                .extract()
                .asString();
        assertTrue(!answer.contains("text of GoTo"), answer);
    }

    private ValidatableResponse create(String user) {
        return asDemo().body(planning).post("/v1/users/{user}/meetings", user).then();
    }

    private void refused(String field) {
        int before = Sandbox.requests("api");
        create(connectedUser())
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("invalid-request"))
                .body("field", equalTo(field))
                .body("detail.length()", greaterThanOrEqualTo(10));
        assertEquals(before, Sandbox.requests("api"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json;charset=UTF-8", "Application/JSON", "application/vnd.goto.v1+json"})
    void readsJsonUnderEachOfItsNames(String contentType) {
        String user = connectedUser();
        Sandbox.fault(
                "api",
                "STATUS",
                Map.of(
                        "status",
                        200,
                        "body",
                        Map.of("meetingId", 4815162342L),
                        "headers",
                        Map.of("Content-Type", contentType)));

        meetings(user).then().statusCode(200).body("items.size()", equalTo(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text/html", "application/jsonp", "application/xhtml+xml", "multipart/form-data", "nonsense"})
    @Tag("thorough")
    void refusesOtherContent(String contentType) {
        String user = connectedUser();
        Sandbox.faults(
                "api",
                "STATUS",
                Map.of(
                        "status",
                        200,
                        "body",
                        Map.of("meetingId", 4815162342L),
                        "headers",
                        Map.of("Content-Type", contentType)));

        meetings(user).then().statusCode(503).body("code", equalTo("goto-unavailable"));
    }
}
