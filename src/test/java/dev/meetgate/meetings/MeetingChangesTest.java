package dev.meetgate.meetings;

import static dev.meetgate.Api.asDemo;
import static dev.meetgate.Api.connectLink;
import static dev.meetgate.Api.connectedUser;
import static dev.meetgate.Api.freshUser;
import static dev.meetgate.Api.meetings;
import static dev.meetgate.Api.walk;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.meetgate.Browser;
import dev.meetgate.Database;
import dev.meetgate.Sandbox;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class MeetingChangesTest {

    private static final String MEETING = "/v1/users/{user}/meetings/{id}";

    private final Instant start = Instant.now().plus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
    private final Map<String, Object> planning = new HashMap<>(Map.of(
            "subject",
            "Planning <Q1>",
            "startTime",
            start.toString(),
            "endTime",
            start.plus(1, ChronoUnit.HOURS).toString(),
            "audio",
            "VOIP",
            "passwordRequired",
            true,
            "coorganizers",
            List.of("1234567890123456789")));

    @BeforeEach
    void reset() {
        Sandbox.reset();
    }

    @ParameterizedTest
    @ValueSource(strings = {"QUIRKY", "PLAIN"})
    void replacesEveryValue(String dress) {
        Sandbox.set("dress", dress);
        String user = connectedUser();
        var created = create(user);
        Map<String, Object> retrospective = Map.of(
                "subject",
                "Retrospective",
                "startTime",
                start.plusSeconds(60).toString(),
                "endTime",
                start.plusSeconds(120).toString());

        for (var answer : List.of(
                asDemo().body(retrospective)
                        .put(MEETING, user, id(created))
                        .then()
                        .statusCode(200),
                read(user, id(created)))) {
            answer.body("id", equalTo(id(created)))
                    .body("subject", equalTo("Retrospective"))
                    .body("startTime", equalTo(start.plusSeconds(60).toString()))
                    .body("endTime", equalTo(start.plusSeconds(120).toString()))
                    .body("audio", equalTo("HYBRID"))
                    .body("passwordRequired", equalTo(false))
                    .body("coorganizers", nullValue())
                    .body("joinUrl", equalTo(joinUrl(created)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"QUIRKY", "PLAIN"})
    void changesOnlyTheGivenValues(String dress) {
        Sandbox.set("dress", dress);
        String user = connectedUser();
        var created = create(user);

        for (var answer : List.of(
                change(user, id(created), Map.of("subject", "Retrospective")).statusCode(200),
                read(user, id(created)))) {
            answer.body("subject", equalTo("Retrospective"))
                    .body("startTime", equalTo(planning.get("startTime")))
                    .body("endTime", equalTo(planning.get("endTime")))
                    .body("type", equalTo("SCHEDULED"))
                    .body("audio", equalTo("VOIP"))
                    .body("passwordRequired", equalTo(true))
                    .body("coorganizers", equalTo(planning.get("coorganizers")))
                    .body("joinUrl", equalTo(joinUrl(created)));
        }
        meetings(user)
                .then()
                .body("items[0].audio", equalTo("VOIP"))
                .body("items[0].joinUrl", equalTo(joinUrl(created)));
    }

    @Test
    void changesEachValueAlone() {
        String user = connectedUser();
        String id = id(create(user));
        Map<String, Object> changes = Map.of(
                "subject",
                "a < b > c",
                "endTime",
                start.plus(2, ChronoUnit.HOURS).toString(),
                "type",
                "RECURRING",
                "audio",
                "PRIVATE",
                "passwordRequired",
                false,
                "coorganizers",
                List.of("2345678901234567891"));

        changes.forEach((field, value) -> {
            change(user, id, Map.of(field, value)).statusCode(200).body(field, equalTo(value));
            read(user, id).body(field, equalTo(value));
        });
        change(user, id, Map.of("coorganizers", List.of())).statusCode(200).body("coorganizers", nullValue());
        read(user, id).body("coorganizers", nullValue());
    }

    /**
     * Another user with the same GoTo account has created the meeting. This user's table does not have it.
     */
    @Test
    void infersTheAudioOfAForeignMeetingFromItsDialInNumbers() {
        String id = id(create(connectedUser()));
        String user = connectedUser();
        read(user, id).body("audio", nullValue()).body("joinUrl", nullValue()).body("dialIn", notNullValue());

        change(user, id, Map.of("subject", "Retrospective")).statusCode(200).body("audio", equalTo("HYBRID"));

        change(user, id, Map.of("subject", "Retrospective", "audio", "PSTN")).statusCode(200);
        change(user, id, Map.of("subject", "Again")).statusCode(200).body("audio", equalTo("PSTN"));
    }

    /** GoTo's own pages may set values that MeetGate does not accept from its callers. */
    @ParameterizedTest
    @MethodSource("outsideOurLimits")
    @Tag("thorough")
    void keepsValuesOutsideItsOwnLimits(String wireField, Object wireValue, String field, Object value) {
        String user = connectedUser();
        shows(Map.of(wireField, wireValue));
        Sandbox.fault("api", "STATUS", Map.of("status", 204));

        change(user, "1", Map.of("passwordRequired", true))
                .statusCode(200)
                .body("passwordRequired", equalTo(true))
                .body(field, equalTo(value));
    }

    static Stream<Arguments> outsideOurLimits() {
        String longSubject = "x".repeat(101);
        var manyKeys = Collections.nCopies(101, "1234567890123456789");
        return Stream.of(
                Arguments.of("subject", longSubject, "subject", longSubject),
                Arguments.of("subject", "two\nlines", "subject", "two\nlines"),
                Arguments.of("meetingType", "Webinar", "type", "WEBINAR"),
                Arguments.of("startTime", "2050-01-01T00:00:00.+0000", "startTime", "2050-01-01T00:00:00Z"),
                Arguments.of("endTime", "2020-01-01T00:00:00.999Z", "endTime", "2020-01-01T00:00:00Z"),
                Arguments.of("endTime", "2050-01-01T00:00:00Z", "endTime", "2050-01-01T00:00:00Z"),
                Arguments.of("coorganizerKeys", manyKeys, "coorganizers", manyKeys),
                Arguments.of("coorganizerKeys", List.of("jane"), "coorganizers", List.of("jane")));
    }

    @ParameterizedTest
    @CsvSource({"startTime, ''", "startTime, 06/14/2012 11:14:43", "endTime, ''"})
    void requiresATimeThatGoToDoesNotShow(String field, String wireValue) {
        String user = connectedUser();
        String id = id(create(user));
        shows(Map.of(field, wireValue));

        refused(change(user, id, Map.of("subject", "Retrospective")), field)
                .body("detail", containsString("GoTo does not show the " + field));

        shows(Map.of(field, wireValue));
        change(user, id, Map.of(field, planning.get(field))).statusCode(200);
        read(user, id).body(field, equalTo(planning.get(field)));
    }

    @Test
    void takesBackAMeetingThatWasRead() {
        String user = connectedUser();
        String id = id(create(user));
        Map<String, Object> meeting = read(user, id).extract().jsonPath().getMap("$");
        meeting.put("subject", "Retrospective");

        asDemo().body(meeting).put(MEETING, user, id).then().statusCode(200).body("subject", equalTo("Retrospective"));
        change(user, id, meeting).statusCode(200);
    }

    @ParameterizedTest
    @CsvSource({
        "passwordrequired, passwordRequired",
        "start, startTime",
        "end_time, endTime",
        "co-organizers, coorganizers"
    })
    void namesAMemberThatNobodyKnows(String member, String meant) {
        String user = connectedUser();
        String id = id(create(user));

        refused(change(user, id, Map.of(member, true)), member).body("detail", containsString(meant + "?"));
        refused(
                asDemo().body("{\"%s\": true}".formatted(member))
                        .put(MEETING, user, id)
                        .then(),
                member);
        refused(
                asDemo().body("{\"%s\": true}".formatted(member))
                        .post("/v1/users/{user}/meetings", user)
                        .then(),
                member);
    }

    @Test
    void changesAMeetingThatIsRunning() {
        String user = connectedUser();
        String began =
                Instant.now().minusSeconds(1800).truncatedTo(ChronoUnit.SECONDS).toString();

        for (Map<String, Object> change : List.<Map<String, Object>>of(
                Map.of("subject", "Longer"), Map.of("startTime", began, "subject", "Longer"))) {
            shows(Map.of("startTime", began));
            Sandbox.fault("api", "STATUS", Map.of("status", 204));
            change(user, "1", change).statusCode(200).body("startTime", equalTo(began));
        }
        planning.put("startTime", began);
        Sandbox.fault("api", "STATUS", Map.of("status", 204));
        asDemo().body(planning).put(MEETING, user, "1").then().statusCode(200);
    }

    @Test
    void movesNoMeetingIntoThePast() {
        String user = connectedUser();
        String id = id(create(user));
        String past = Instant.now().minusSeconds(1800).toString();

        refused(change(user, id, Map.of("startTime", past)), "startTime");
        planning.put("startTime", "2020-01-15T09:00:00Z");
        refused(asDemo().body(planning).put(MEETING, user, id).then(), "startTime");
        planning.put("startTime", past);
        asDemo().body(planning)
                .put(MEETING, user, id)
                .then()
                .statusCode(422)
                .body("gotoCode", equalTo("RequestValidationError"))
                .body("field", equalTo("startTime"));
    }

    @ParameterizedTest
    @CsvSource({"startTime, 2", "endTime, -2"})
    void refusesATimeThatContradictsTheOther(String field, int hours) {
        String user = connectedUser();
        String id = id(create(user));

        refused(
                change(
                        user,
                        id,
                        Map.of(field, start.plus(hours, ChronoUnit.HOURS).toString())),
                field);
    }

    /** Sets GoTo's next answer about a meeting. */
    private void shows(Map<String, Object> odd) {
        var meeting = new HashMap<String, Object>(Map.of(
                "meetingId", "1",
                "subject", "Planning",
                "startTime", planning.get("startTime"),
                "endTime", planning.get("endTime"),
                "meetingType", "Scheduled"));
        meeting.putAll(odd);
        Sandbox.fault("api", "STATUS", Map.of("status", 200, "body", meeting));
    }

    @Test
    void forgetsMeetingsWhenTheUserDisconnects() {
        String user = connectedUser();
        String id = id(create(user));

        asDemo().delete("/v1/users/{user}/connection", user).then().statusCode(204);
        walk(new Browser(), connectLink(user));

        read(user, id).body("joinUrl", nullValue()).body("audio", nullValue());
    }

    /** A newer replica has stored it, in a rolling update or before a rollback. */
    @Test
    void readsAndListsAMeetingWhoseAudioItDoesNotKnow() {
        String user = connectedUser();
        String id = id(create(user));
        Database.update("update known_meeting set audio = 'CARRIER_PIGEON' where user_id = ?", user);

        read(user, id).body("audio", nullValue()).body("joinUrl", notNullValue());
        meetings(user).then().statusCode(200).body("items.find { it.id == '" + id + "' }.joinUrl", notNullValue());
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "subject, ''",
                "startTime, tomorrow",
                "startTime, 2027-02-30T09:00:00Z",
                "endTime, 2020-01-01T00:00:00Z",
                "type, scheduled",
                "audio, CARRIER_PIGEON",
            })
    @Tag("thorough")
    void namesTheWrongField(String field, String value) {
        String user = connectedUser();
        String id = id(create(user));

        refused(change(user, id, Map.of(field, value)), field);
        planning.put(field, value);
        refused(asDemo().body(planning).put(MEETING, user, id).then(), field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[{\"subject\": \"x\"}]", "5", "\"text\"", "{", "", "null"})
    void refusesABodyThatIsNotAMeeting(String body) {
        String user = connectedUser();
        String id = id(create(user));

        refused(asDemo().body(body).put(MEETING, user, id).then(), "body");
        refused(asDemo().body(body).patch(MEETING, user, id).then(), "body");
    }

    @Test
    void answers404ForAnUnknownMeeting() {
        String user = connectedUser();

        for (String id : List.of("9223372036854775807", "1")) {
            for (var answer : List.of(
                    asDemo().body(planning).put(MEETING, user, id),
                    asDemo().body(planning).patch(MEETING, user, id),
                    asDemo().post(MEETING + "/start", user, id),
                    asDemo().get(MEETING + "/attendees", user, id))) {
                answer.then().statusCode(404).body("code", equalTo("meeting-not-found"));
            }
        }
    }

    @Test
    void answers304ForAKnownETag() {
        String user = connectedUser();
        String id = id(create(user));
        String etag = etag(user, id);

        assertEquals(etag, etag(user, id));
        for (String known : List.of(etag, "\"other\", " + etag, "*")) {
            asDemo().header("If-None-Match", known)
                    .get(MEETING, user, id)
                    .then()
                    .statusCode(304)
                    .header("ETag", equalTo(etag))
                    .body(emptyString());
        }

        change(user, id, Map.of("subject", "Retrospective")).statusCode(200);
        asDemo().header("If-None-Match", etag)
                .get(MEETING, user, id)
                .then()
                .statusCode(200)
                .body("subject", equalTo("Retrospective"));
        assertNotEquals(etag, etag(user, id));
    }

    /** A proxy that compresses an answer makes its ETag weak. */
    @Test
    void answers304ForAWeakETag() {
        String user = connectedUser();
        String id = id(create(user));
        String etag = etag(user, id);

        for (String weak : List.of("W/" + etag, "W/\"other\", W/" + etag)) {
            asDemo().header("If-None-Match", weak)
                    .get(MEETING, user, id)
                    .then()
                    .statusCode(304)
                    .header("ETag", equalTo(etag))
                    .body(emptyString());
        }
        asDemo().header("If-None-Match", "W/\"other\"")
                .get(MEETING, user, id)
                .then()
                .statusCode(200);
    }

    @Test
    void refusesAChangeWithAStaleETag() {
        String user = connectedUser();
        String id = id(create(user));
        String old = etag(user, id);
        change(user, id, Map.of("subject", "Somebody else's")).statusCode(200);
        int before = Sandbox.requestLines().size();

        for (String stale : List.of(old, "W/" + etag(user, id), "\"nonsense\"", "nonsense", "")) {
            for (var answer : List.of(
                    asDemo().header("If-Match", stale).body(planning).put(MEETING, user, id),
                    asDemo().header("If-Match", stale).body(planning).patch(MEETING, user, id),
                    asDemo().header("If-Match", stale).delete(MEETING, user, id),
                    asDemo().header("If-Match", stale).get(MEETING, user, id))) {
                answer.then()
                        .statusCode(412)
                        .contentType("application/problem+json")
                        .body("code", equalTo("precondition-failed"))
                        .body("retryable", equalTo(false));
            }
        }
        assertEquals(
                List.of(),
                Sandbox.requestLines().stream()
                        .skip(before)
                        .filter(request -> !request.startsWith("GET"))
                        .toList());
    }

    @Test
    void acceptsAChangeWithTheCurrentETag() {
        String user = connectedUser();
        String id = id(create(user));

        asDemo().header("If-Match", etag(user, id))
                .body(Map.of("subject", "Once"))
                .patch(MEETING, user, id)
                .then()
                .statusCode(200);
        asDemo().header("If-Match", "\"other\", " + etag(user, id))
                .body(planning)
                .put(MEETING, user, id)
                .then()
                .statusCode(200);
        asDemo().header("If-Match", "*")
                .body(Map.of("subject", "Twice"))
                .patch(MEETING, user, id)
                .then()
                .statusCode(200);
        asDemo().header("If-Match", etag(user, id))
                .delete(MEETING, user, id)
                .then()
                .statusCode(204);
    }

    @ParameterizedTest
    @ValueSource(strings = {"QUIRKY", "PLAIN"})
    void startsAMeetingAndKeepsTheHostUrlSecret(String dress) {
        Sandbox.set("dress", dress);
        String user = connectedUser();
        String id = id(create(user));

        String first = asDemo().post(MEETING + "/start", user, id)
                .then()
                .statusCode(200)
                .header("Cache-Control", containsString("no-store"))
                .body("size()", equalTo(1))
                .body("hostUrl", matchesPattern("https?://.*authenticationToken=.+"))
                .extract()
                .path("hostUrl");
        String second = asDemo().post(MEETING + "/start", user, id).path("hostUrl");

        assertNotEquals(first, second);
        assertEquals("HostUrl[***]", new MeetingResource.HostUrl(first).toString());
        assertEquals("WireStart[***]", new GoToMeetingApi.WireStart(first).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"EMPTY", "HTML", "NONSENSE", "HALF"})
    @Tag("thorough")
    void isUnavailableWhenGoToSendsNoHostUrl(String kind) {
        String user = connectedUser();
        String id = id(create(user));
        Sandbox.fault("api", kind, Map.of("times", 0));

        asDemo().post(MEETING + "/start", user, id).then().statusCode(503).body("code", equalTo("goto-unavailable"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "-1", "0", "12345678901234567890", "9223372036854775808", "1.5", "1e3", "०"})
    @Tag("thorough")
    void refusesAnInvalidMeetingId(String id) {
        String user = freshUser();
        for (var answer : List.of(
                asDemo().get(MEETING, user, id),
                asDemo().body(planning).put(MEETING, user, id),
                asDemo().body(planning).patch(MEETING, user, id),
                asDemo().delete(MEETING, user, id),
                asDemo().post(MEETING + "/start", user, id),
                asDemo().get(MEETING + "/attendees", user, id))) {
            refused(answer.then(), "meetingId");
        }
    }

    private ValidatableResponse create(String user) {
        return asDemo().body(planning)
                .post("/v1/users/{user}/meetings", user)
                .then()
                .statusCode(201);
    }

    private static String id(ValidatableResponse created) {
        return created.extract().path("id");
    }

    private static String joinUrl(ValidatableResponse created) {
        return created.extract().path("joinUrl");
    }

    private static ValidatableResponse read(String user, String id) {
        return asDemo().get(MEETING, user, id).then().statusCode(200);
    }

    private static String etag(String user, String id) {
        return read(user, id)
                .header("ETag", matchesPattern("\"[A-Za-z0-9_-]{43}\""))
                .extract()
                .header("ETag");
    }

    private static ValidatableResponse change(String user, String id, Map<String, Object> change) {
        return asDemo().body(change).patch(MEETING, user, id).then();
    }

    private static ValidatableResponse refused(ValidatableResponse answer, String field) {
        return answer.statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("invalid-request"))
                .body("field", equalTo(field));
    }
}
