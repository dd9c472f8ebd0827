package dev.meetgate.sandbox;

import static dev.meetgate.sandbox.GoToClient.array;
import static dev.meetgate.sandbox.GoToClient.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SandboxMeetingsTest extends RunningSandbox {

    private static final Instant NOON =
            Instant.now().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofHours(36));

    /** Of the running test. */
    private final Instant today = Instant.now().truncatedTo(ChronoUnit.DAYS);

    @Test
    void createsAMeetingAndListsIt() {
        behave("dress", "PLAIN");
        String token = accessToken();

        HttpResponse<String> created = create(token, meeting());
        JsonObject listed = array(api(token, "GET", "/upcomingMeetings")).getJsonObject(0);

        assertEquals(201, created.statusCode());
        assertEquals(array(created).getJsonObject(0).getLong("meetingid").toString(), listed.getString("meetingId"));
        assertEquals("Planning <Q1>", listed.getString("subject"));
        assertEquals(NOON.toString(), listed.getString("startTime"));
        assertEquals(false, listed.getValue("passwordRequired"));
    }

    @Test
    void answersInGoTosRecordedFormat() {
        String token = accessToken();

        JsonObject read =
                array(api(token, "GET", path(create(token, meeting())))).getJsonObject(0);

        assertEquals("Planning &lt;Q1&gt;", read.getString("subject"));
        assertEquals(NOON.toString().replace("Z", ".+0000"), read.getString("startTime"));
        assertEquals("false", read.getValue("passwordRequired"));
        assertEquals("Scheduled", read.getString("meetingType"));
        assertEquals("", read.getString("createTime"));
        assertTrue(read.getValue("meetingId") instanceof String);
        assertTrue(read.getString("conferenceCallInfo").lines().count() > 1);
        assertFalse(read.containsKey("status"));
        assertFalse(read.containsKey("joinURL"));
    }

    @Test
    void updatesAndDeletesAMeeting() {
        String token = accessToken();
        String path = path(create(token, meeting()));

        assertEquals(
                204,
                api(token, "PUT", path, meeting().put("subject", "Retrospective"))
                        .statusCode());
        assertEquals(
                "Retrospective", array(api(token, "GET", path)).getJsonObject(0).getString("subject"));
        assertEquals(204, api(token, "DELETE", path).statusCode());
        assertEquals(404, api(token, "GET", path).statusCode());
    }

    @Test
    void hidesTheMeetingsOfOthers() {
        String path = path(create(accessToken(), meeting()));

        behave("consentAccount", "sam.lee@example.com");
        assertEquals(404, api(accessToken(), "GET", path).statusCode());
    }

    @Test
    void createsNoMeetingWithoutALicence() {
        behave("consentAccount", "free.plan@example.com");

        assertEquals(412, create(accessToken(), meeting()).statusCode());
    }

    static Stream<JsonObject> invalidMeetings() {
        return Stream.of(
                without("timezonekey"),
                without("meetingtype"),
                meeting().put("timezonekey", "UTC"),
                meeting().put("subject", ""),
                meeting().put("subject", "x".repeat(101)),
                meeting().put("subject", "a < b"),
                meeting().put("starttime", "2000-01-01T09:00:00Z"),
                meeting().put("starttime", NOON.toString().replace("Z", ".000Z")),
                meeting().put("starttime", NOON.toString().replace("Z", "+00:00")),
                meeting().put("endtime", NOON.toString()),
                meeting().put("endtime", "2099-02-30T09:00:00Z"),
                meeting().put("passwordrequired", "false"),
                meeting().put("conferencecallinfo", ""),
                meeting().put("meetingtype", "Scheduled"),
                meeting().put("coorganizerKeys", "1234567890123456789"),
                meeting().put("startTime", NOON.toString()));
    }

    @ParameterizedTest
    @MethodSource("invalidMeetings")
    void refusesAMeetingThatDeviatesFromTheDocumentation(JsonObject meeting) {
        HttpResponse<String> answer = create(accessToken(), meeting);

        assertEquals(400, answer.statusCode());
        assertEquals("RequestValidationError", json(answer).getString("errorCode"));
    }

    @Test
    void listsTheSessionsOfTheLastTwelveWeeks() {
        String token = accessToken();

        Instant between = today.minus(Duration.ofDays(50)).plusSeconds(1);
        assertEquals(
                12,
                array(history(token, today.minus(Duration.ofDays(100)), between))
                                .size()
                        + array(history(token, between, today)).size());
        assertEquals(
                4,
                array(history(token, today.minus(Duration.ofDays(28)), today)).size());
    }

    @Test
    void listsAttendees() {
        String token = accessToken();
        JsonObject session =
                array(history(token, today.minus(Duration.ofDays(7)), today)).getJsonObject(0);

        var attendees = array(api(token, "GET", "/meetings/" + session.getValue("meetingId") + "/attendees"));

        assertEquals(24, attendees.size());
        assertEquals("Ada Example", attendees.getJsonObject(0).getString("attendeeName"));
        assertEquals(
                session.getValue("sessionId").toString(),
                attendees.getJsonObject(23).getValue("meetingInstanceKey"));
    }

    @Test
    void requiresAValidRangeOfDates() {
        String token = accessToken();

        assertEquals(400, api(token, "GET", "/historicalMeetings").statusCode());
        assertEquals(400, history(token, today, today.minus(Duration.ofDays(1))).statusCode());
        assertEquals(
                400, history(token, today.minus(Duration.ofDays(61)), today).statusCode());
    }

    @Test
    void listsSeededSessions() {
        var seed = new JsonObject()
                .put("meetingId", 12)
                .put("sessionId", 9_223_372_036_854_770_000L)
                .put("start", "2020-01-01T00:00:00Z")
                .put("times", 3)
                .put("everyMinutes", 60);
        assertEquals(204, client.control("POST", "/sessions", seed).statusCode());
        assertEquals(
                400,
                client.control("POST", "/sessions", seed.put("colour", "red")).statusCode());

        var sessions = array(
                history(accessToken(), Instant.parse("2020-01-01T00:00:00Z"), Instant.parse("2020-01-01T02:00:00Z")));

        assertEquals(3, sessions.size());
        assertEquals(9_223_372_036_854_770_002L, sessions.getJsonObject(2).getValue("sessionId"));
    }

    @Test
    void letsOnlyAdministratorsAskAboutOthers() {
        String upcoming = "/organizers/%d/upcomingMeetings";
        assertEquals(
                200,
                api(accessToken(), "GET", upcoming.formatted(1234567890123456789L))
                        .statusCode());
        assertEquals(
                403,
                api(accessToken(), "GET", upcoming.formatted(2345678901234567891L))
                        .statusCode());
        behave("grantedScope", "collab: identity:");
        assertEquals(
                403,
                api(accessToken(), "GET", upcoming.formatted(2345678901234567891L))
                        .statusCode());
        behave("consentAccount", "ada.admin@example.com");
        assertEquals(
                200,
                api(accessToken(), "GET", upcoming.formatted(2345678901234567891L))
                        .statusCode());
        assertEquals(
                404,
                api(accessToken(), "GET", upcoming.formatted(3456789012345678917L))
                        .statusCode());
        assertEquals(
                403, api(accessToken(), "GET", "/groups/1/upcomingMeetings").statusCode());
    }

    @Test
    void startsAMeetingWithASecretUrl() {
        String token = accessToken();

        String hostUrl = json(api(token, "GET", path(create(token, meeting())) + "/start"))
                .getString("hostURL");

        String secret = hostUrl.substring(hostUrl.indexOf("authenticationToken=") + "authenticationToken=".length());
        assertTrue(array(client.get("/control/secrets")).contains(secret));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/admin/rest/v1/me", "/identity/v1/Users/me"})
    void namesTheOwnerOfAToken(String path) {
        String token = accessToken();

        assertTrue(client.api(token, "GET", path).body().contains(":1234567890123456789,"));
        behave("dress", "PLAIN");
        assertTrue(client.api(token, "GET", path).body().contains(":\"1234567890123456789\","));
    }

    @Test
    void requiresTheRightScope() {
        behave("grantedScope", "identity:scim.me");
        String token = accessToken();

        assertEquals(200, client.api(token, "GET", "/identity/v1/Users/me").statusCode());
        assertEquals(
                "AUTHZ_INSUFFICIENT_SCOPE",
                json(api(token, "GET", "/upcomingMeetings")).getString("errorCode"));
    }

    @Test
    void refusesATokenInAUri() {
        assertEquals(
                400,
                client.get("/G2M/rest/upcomingMeetings?access_token=" + accessToken())
                        .statusCode());
    }

    @Test
    void rejectsAnExpiredTokenInEachOfThreeWays() {
        behave("tokenLifetimeSeconds", 0);
        String token = accessToken();

        assertEquals(403, api(token, "GET", "/upcomingMeetings").statusCode());
        assertEquals(
                "InvalidToken", json(api(token, "GET", "/upcomingMeetings")).getString("int_err_code"));
        behave("rejection", "UNAUTHORIZED");
        assertEquals(401, api(token, "GET", "/upcomingMeetings").statusCode());
        behave("rejection", "EMPTY_CHALLENGE");
        HttpResponse<String> challenge = api(token, "GET", "/upcomingMeetings");
        assertEquals("", challenge.body());
        assertEquals(
                "Bearer error=\"invalid_token\"",
                challenge.headers().firstValue("WWW-Authenticate").orElseThrow());
    }

    private static void behave(String knob, Object value) {
        assertEquals(
                200,
                client.control("PATCH", "/behaviour", new JsonObject().put(knob, value))
                        .statusCode());
    }

    private static String accessToken() {
        return client.connect().getString("access_token");
    }

    private static JsonObject meeting() {
        return new JsonObject()
                .put("subject", "Planning &lt;Q1&gt;")
                .put("starttime", NOON.toString())
                .put("endtime", NOON.plus(Duration.ofHours(1)).toString())
                .put("passwordrequired", false)
                .put("conferencecallinfo", "Hybrid")
                .put("timezonekey", "")
                .put("meetingtype", "scheduled");
    }

    private static JsonObject without(String field) {
        JsonObject meeting = meeting();
        meeting.remove(field);
        return meeting;
    }

    private static HttpResponse<String> create(String token, JsonObject meeting) {
        return api(token, "POST", "/meetings", meeting);
    }

    private static String path(HttpResponse<String> created) {
        return "/meetings/" + array(created).getJsonObject(0).getValue("meetingid");
    }

    private static HttpResponse<String> history(String token, Instant from, Instant to) {
        return api(token, "GET", "/historicalMeetings?startDate=%s&endDate=%s".formatted(from, to));
    }

    private static HttpResponse<String> api(String token, String method, String path) {
        return client.api(token, method, "/G2M/rest" + path);
    }

    private static HttpResponse<String> api(String token, String method, String path, JsonObject body) {
        return client.api(token, method, "/G2M/rest" + path, body);
    }
}
