package dev.meetgate.raw;

import static dev.meetgate.Api.asDemo;
import static dev.meetgate.Api.asOther;
import static dev.meetgate.Api.connectLink;
import static dev.meetgate.Api.connectedUser;
import static dev.meetgate.Api.freshUser;
import static dev.meetgate.Api.generation;
import static dev.meetgate.Api.meetings;
import static dev.meetgate.Api.walk;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meetgate.Browser;
import dev.meetgate.RawSocket;
import dev.meetgate.Sandbox;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class RawCallTest {

    private static final String MEETINGS = "G2M/rest/meetings";

    private final Instant start = Instant.now().plus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
    private final Map<String, Object> planning = Map.of(
            "subject", "Planning",
            "starttime", start.toString(),
            "endtime", start.plus(1, ChronoUnit.HOURS).toString(),
            "passwordrequired", false,
            "conferencecallinfo", "Hybrid",
            "timezonekey", "",
            "meetingtype", "scheduled");

    @BeforeEach
    void reset() {
        Sandbox.reset();
    }

    @Test
    void createsReadsChangesAndDeletesInGoTosFormat() {
        String user = connectedUser();

        int id = asDemo().body(planning)
                .post(raw(user, MEETINGS))
                .then()
                .statusCode(201)
                .contentType(ContentType.JSON)
                .header("X-Content-Type-Options", "nosniff")
                .header("Cache-Control", "no-store")
                .extract()
                .jsonPath()
                .getInt("[0].meetingid");
        asDemo().get(raw(user, MEETINGS + "/" + id))
                .then()
                .statusCode(200)
                .body("[0].subject", equalTo("Planning"))
                .body("[0].passwordRequired", equalTo("false"));
        asDemo().body(planning)
                .put(raw(user, MEETINGS + "/" + id))
                .then()
                .statusCode(204)
                .body(equalTo(""));
        asDemo().delete(raw(user, MEETINGS + "/" + id)).then().statusCode(204).body(equalTo(""));
        asDemo().get(raw(user, "admin/rest/v1/me")).then().body("email", equalTo("jane.doe@example.com"));
        meetings(user).then().body("items.size()", equalTo(0));
    }

    @Test
    void sendsTheQueryToGoTo() {
        String user = connectedUser();

        asDemo().get(raw(
                        user,
                        "G2M/rest/historicalMeetings?startDate=2020-01-01T00:00:00Z&endDate=2020-02-15T00:00:00Z"))
                .then()
                .statusCode(200)
                .body("size()", equalTo(0));

        Sandbox.fault("api", "ECHO");
        asDemo().urlEncodingEnabled(false)
                .get(raw(user, "G2M/rest/organizers?email=a%2Bb%40example.com&x=%20&y"))
                .then()
                .body("uri", equalTo("/G2M/rest/organizers?email=a%2Bb%40example.com&x=%20&y"));
    }

    @Test
    void sendsOnlyListedHeadersToGoTo() {
        Sandbox.fault("api", "ECHO");

        asDemo().header("Cookie", "session=canary")
                .header("Connection", "keep-alive, X-Hop")
                .header("Keep-Alive", "timeout=5")
                .header("X-Hop", "canary")
                .header("TE", "trailers")
                .header("Proxy-Authorization", "Basic canary")
                .header("Proxy-Connection", "keep-alive")
                .header("X-Forwarded-For", "192.0.2.1")
                .header("X-Forwarded-Host", "evil.example.com")
                .header("Forwarded", "for=192.0.2.1;host=evil.example.com")
                .header("X-HTTP-Method-Override", "DELETE")
                .header("Origin", "https://evil.example.com")
                .header("Referer", "https://evil.example.com/canary")
                .header("Range", "bytes=0-1")
                .header("Accept-Encoding", "gzip")
                .header("Idempotency-Key", "canary")
                .header("Accept", "application/json")
                .body(planning)
                .post(raw(connectedUser(), MEETINGS))
                .then()
                .statusCode(200)
                .body("method", equalTo("POST"))
                .body("uri", equalTo("/" + MEETINGS))
                .body("body", containsString("Planning"))
                .body(
                        "headers.keySet()",
                        containsInAnyOrder(
                                "host", "user-agent", "accept", "accept-encoding", "content-type", "content-length"))
                .body("headers.host", equalTo(Sandbox.url().replace("http://", "")))
                .body("headers.accept", equalTo("application/json"))
                .body("headers.'content-type'", startsWith("application/json"))
                .body(not(containsString("canary")));
    }

    @Test
    void returnsOnlyTheContentTypeOfGoTosHeaders() {
        Sandbox.fault(
                "api",
                "STATUS",
                Map.of(
                        "status",
                        200,
                        "body",
                        Map.of("a", 1),
                        "headers",
                        Map.of(
                                "Set-Cookie", "canary=1; Path=/",
                                "Location", "https://evil.example.com/canary",
                                "Access-Control-Allow-Origin", "*",
                                "Cache-Control", "public, max-age=60",
                                "Content-Security-Policy", "canary",
                                "Clear-Site-Data", "\"*\"",
                                "Authorization", "canary",
                                "X-Canary", "canary")));

        var answer = asDemo().get(raw(connectedUser(), MEETINGS)).then().statusCode(200);
        answer.header("Set-Cookie", nullValue())
                .header("Location", nullValue())
                .header("Access-Control-Allow-Origin", nullValue())
                .header("Cache-Control", "no-store")
                .body("a", equalTo(1));
        assertFalse(answer.extract().headers().toString().contains("canary"));
    }

    @ParameterizedTest
    @CsvSource({"api, G2M/rest/meetings", "me, admin/rest/v1/me"})
    void refusesAnAnswerThatRepeatsTheToken(String endpoint, String path) {
        String user = connectedUser();
        Sandbox.faults(endpoint, "ECHO_TOKEN", Map.of());

        String answer = unavailable(asDemo().get(raw(user, path)).then())
                .body("retryable", equalTo(true))
                .extract()
                .asString();
        for (String secret : Sandbox.secrets()) {
            assertFalse(answer.contains(secret));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UNAUTHORIZED", "FORBIDDEN_INVALID_TOKEN", "EMPTY_CHALLENGE"})
    void refreshesARejectedTokenOnceAndRepeatsTheCall(String rejection) {
        Sandbox.set("rejection", rejection);
        String user = connectedUser();
        Sandbox.expireAccessTokens();
        int before = Sandbox.requests("api");

        asDemo().body(planning).post(raw(user, MEETINGS)).then().statusCode(201);

        assertEquals(before + 2, Sandbox.requests("api"));
        assertEquals(1, Sandbox.tokenRequests("refresh_token"));
        assertEquals(2, generation(user));
        meetings(user).then().body("items.size()", equalTo(1));
    }

    @Test
    void reportsAMissingOrRevokedConnection() {
        problem(asDemo().get(raw(freshUser(), MEETINGS)).then(), 404, "not-connected");

        String user = connectedUser();
        Sandbox.revokeGrants();
        problem(asDemo().get(raw(user, MEETINGS)).then(), 409, "reconnect-required")
                .body("connectUrl", startsWith("http"));
    }

    @Test
    void hidesUsersFromOtherTenants() {
        String user = connectedUser();

        problem(asOther().get(raw(user, MEETINGS)).then(), 404, "not-connected");
        problem(given().get(raw(user, MEETINGS)).then(), 401, "unauthenticated");
    }

    @ParameterizedTest
    @CsvSource({
        "400, rejected-by-goto, 422",
        "405, rejected-by-goto, 422",
        "409, rejected-by-goto, 422",
        "403, forbidden-by-goto, 403",
        "412, forbidden-by-goto, 403",
        "404, not-found, 404",
        "429, rate-limited, 429",
        "300, goto-unavailable, 503",
        "304, goto-unavailable, 503",
        "500, goto-unavailable, 503",
        "503, goto-unavailable, 503"
    })
    @Tag("thorough")
    void translatesErrorsWithoutRepeatingTheirText(int gotoStatus, String code, int status) {
        String user = connectedUser();
        Sandbox.faults("api", "STATUS", Map.of("status", gotoStatus, "body", Map.of("msg", "text of GoTo")));

        problem(asDemo().get(raw(user, MEETINGS)).then(), status, code).body(not(containsString("text of GoTo")));
        if (status == 422 || status == 403 || status == 404) {
            Sandbox.faults("api", "STATUS", Map.of("status", gotoStatus));
            asDemo().get(raw(user, MEETINGS)).then().body("gotoStatus", equalTo(gotoStatus));
        }
    }

    @Test
    void passesOnWhatGoToRejects() {
        String user = connectedUser();
        var past = new HashMap<String, Object>(planning);
        past.put("starttime", "2020-01-15T09:00:00Z");

        problem(asDemo().body(past).post(raw(user, MEETINGS)).then(), 422, "rejected-by-goto")
                .body("gotoStatus", equalTo(400))
                .body("gotoCode", equalTo("RequestValidationError"))
                .body("field", equalTo("starttime"))
                .body(not(containsString("in the past")));
        Sandbox.faults("api", "STATUS", Map.of("status", 403, "body", Map.of("errorCode", "AUTHZ_INSUFFICIENT_SCOPE")));
        problem(asDemo().get(raw(user, MEETINGS)).then(), 403, "forbidden-by-goto")
                .body("gotoCode", equalTo("AUTHZ_INSUFFICIENT_SCOPE"));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    @Tag("thorough")
    void neitherFollowsNorReturnsRedirects(int status) {
        String user = connectedUser();
        String elsewhere = Sandbox.url() + "/room/canary";
        Sandbox.faults("api", "STATUS", Map.of("status", status, "headers", Map.of("Location", elsewhere)));

        unavailable(asDemo().redirects().follow(false).get(raw(user, MEETINGS)).then())
                .header("Location", nullValue())
                .body(not(containsString("canary")));
        assertEquals(0, Sandbox.requests("other"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"RESET", "HTML", "HALF", "HUGE", "ENDLESS"})
    @Tag("thorough")
    void refusesBrokenAnswers(String kind) {
        String user = connectedUser();
        Sandbox.faults("api", kind, Map.of());

        unavailable(asDemo().get(raw(user, MEETINGS)).then())
                .time(lessThan(15_000L))
                .body(not(containsString("We will be back soon")));
        Sandbox.clearFaults();
        asDemo().get(raw(user, "G2M/rest/upcomingMeetings")).then().statusCode(200);
    }

    /** With and without a Content-Length. */
    @ParameterizedTest
    @ValueSource(strings = {"HUGE", "ENDLESS"})
    void refusesAnswersOverTheSizeLimit(String kind) {
        String user = connectedUser();
        Sandbox.faults("api", kind, Map.of());

        unavailable(asDemo().get(raw(user, MEETINGS)).then()).body("detail", equalTo("GoTo's answer is too large."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"STATUS", "HUGE"})
    @Tag("thorough")
    void keepsCallingGoToAfterRefusedContent(String kind) {
        String user = connectedUser();
        Sandbox.faults("api", kind, contentType("text/html"));
        for (int call = 0; call < 25; call++) {
            unavailable(asDemo().get(raw(user, MEETINGS)).then());
        }

        assertEquals(25, Sandbox.requests("api"));
        Sandbox.clearFaults();
        meetings(user).then().statusCode(200);
    }

    /** GoTo's own error may concern one account. It does not count as an outage. */
    @ParameterizedTest
    @ValueSource(ints = {302, 500, 501})
    @Tag("thorough")
    void keepsCallingGoToAfterItsErrors(int status) {
        String user = connectedUser();
        Sandbox.faults("api", "STATUS", Map.of("status", status));
        for (int call = 0; call < 25; call++) {
            unavailable(asDemo().body(planning).post(raw(user, MEETINGS)).then());
        }

        assertEquals(25, Sandbox.requests("api"));
        Sandbox.clearFaults();
        meetings(user).then().statusCode(200);
    }

    @Tag("thorough")
    @Test
    void endsACallThatIsNotAnswered() {
        String user = connectedUser();
        Sandbox.fault("api", "SLOW", Map.of("delayMillis", 60_000));

        unavailable(asDemo().get(raw(user, MEETINGS)).then()).time(lessThan(15_000L));
    }

    /** One request ends long before a caller's timeout, so that its connection is free again. */
    @Tag("thorough")
    @Test
    void repeatsAReadThatIsNotAnswered() {
        String user = connectedUser();
        Sandbox.fault("api", "SLOW", Map.of("delayMillis", 60_000));

        asDemo().header("Request-Timeout", "30")
                .get(raw(user, "G2M/rest/upcomingMeetings"))
                .then()
                .statusCode(200)
                .time(lessThan(15_000L));
        assertEquals(2, Sandbox.requests("api"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/html",
                "text/html; charset=utf-8",
                "TEXT/HTML",
                "application/xhtml+xml",
                "image/svg+xml",
                "text/xml",
                "application/javascript",
                "application/json, text/html",
                "application/json; x=<script>",
                "nonsense",
                "text/event-stream",
                "multipart/form-data; boundary=x"
            })
    @Tag("thorough")
    void refusesContentThatABrowserMightRun(String contentType) {
        String user = connectedUser();
        Sandbox.faults("api", "STATUS", contentType(contentType));

        unavailable(asDemo().get(raw(user, MEETINGS)).then()).body(not(containsString("canary")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/json;charset=UTF-8",
                "application/problem+json",
                "text/csv",
                "text/plain; charset=utf-8",
                "application/octet-stream"
            })
    void returnsPlainData(String contentType) {
        String user = connectedUser();
        Sandbox.fault("api", "STATUS", contentType(contentType));

        String answer = asDemo().get(raw(user, MEETINGS))
                .then()
                .statusCode(202)
                .contentType(startsWith(contentType.split(";")[0]))
                .extract()
                .asString();
        assertEquals("{\"canary\":1}", answer);
    }

    @Test
    void refusesAnUnrequestedContentEncoding() {
        String user = connectedUser();
        Sandbox.faults(
                "api",
                "STATUS",
                Map.of("status", 200, "body", Map.of("a", 1), "headers", Map.of("Content-Encoding", "gzip")));

        unavailable(asDemo().get(raw(user, MEETINGS)).then());
    }

    @Test
    void marksALostCreationAsNotRetryable() {
        String user = connectedUser();
        Sandbox.fault("api", "RESET_AFTER");
        unavailable(asDemo().body(planning).post(raw(user, MEETINGS)).then()).body("retryable", equalTo(false));
        meetings(user).then().body("items.size()", equalTo(1));

        Sandbox.faults("api", "RESET_AFTER", Map.of());
        unavailable(asDemo().get(raw(user, "G2M/rest/upcomingMeetings")).then()).body("retryable", equalTo(true));
    }

    @Test
    void marksACreationWithARefusedAnswerAsNotRetryable() {
        String user = connectedUser();
        Sandbox.faults("api", "STATUS", contentType("text/html"));

        unavailable(asDemo().body(planning).post(raw(user, MEETINGS)).then()).body("retryable", equalTo(false));
        unavailable(asDemo().get(raw(user, MEETINGS)).then()).body("retryable", equalTo(true));
    }

    @Test
    void marksAnUnsentCreationAsRetryable() {
        Sandbox.set("rotation", "STABLE");
        String user = connectedUser();
        Sandbox.expireAccessTokens();
        Sandbox.fault("token", "STATUS", Map.of("status", 503));

        unavailable(asDemo().body(planning).post(raw(user, MEETINGS)).then()).body("retryable", equalTo(true));
    }

    @Test
    void acceptsBodiesOfUpTo64Kilobytes() {
        String user = connectedUser();
        Sandbox.fault("api", "ECHO");
        asDemo().body("x".repeat(60_000)).post(raw(user, MEETINGS)).then().body("body.length()", equalTo(60_000));

        int before = Sandbox.requests("api");
        problem(asDemo().body("x".repeat(70_000)).post(raw(user, MEETINGS)).then(), 413, "too-large");
        assertEquals(before, Sandbox.requests("api"));
    }

    /** A server may require the header (RFC 9110 §8.6). */
    @ParameterizedTest
    @CsvSource({"POST, G2M/rest/meetings", "PUT, G2M/rest/meetings/1"})
    void sendsContentLengthZeroForAnEmptyBody(String method, String path) {
        String user = connectedUser();
        Sandbox.fault("api", "ECHO");

        asDemo().noContentType()
                .request(method, raw(user, path))
                .then()
                .statusCode(200)
                .body("headers.'content-length'", equalTo("0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "DELETE"})
    void sendsNoContentLengthForMethodsWithoutABody(String method) {
        String user = connectedUser();
        Sandbox.fault("api", "ECHO");

        asDemo().request(method, raw(user, MEETINGS + "/1"))
                .then()
                .statusCode(200)
                .body("headers.'content-length'", nullValue());
    }

    /** An answer that Vert.x cannot parse is a failure of GoTo, not an internal error. */
    @Test
    void refusesAnAnswerThatIsNotHttp() {
        String user = connectedUser();
        Sandbox.faults(
                "api",
                "STATUS",
                Map.of("status", 200, "body", Map.of("a", 1), "headers", Map.of("Content-Length", "many")));

        unavailable(asDemo().get(raw(user, MEETINGS)).then());
    }

    @Test
    void sendsTheBodyUnchanged() {
        String user = connectedUser();
        Sandbox.fault("api", "ECHO");

        asDemo().contentType("text/plain; charset=utf-8")
                .body("Ünïcode\r\n\"{<日本語 🎉")
                .put(raw(user, MEETINGS + "/1"))
                .then()
                .statusCode(200)
                .body("method", equalTo("PUT"))
                .body("headers.'content-type'", containsString("text/plain"))
                .body("body", equalTo("Ünïcode\r\n\"{<日本語 🎉"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PATCH", "OPTIONS", "TRACE", "PROPFIND", "CONNECT"})
    void acceptsFourMethodsOnly(String method) {
        String user = connectedUser();
        int before = requestsToGoTo();

        String answer = RawSocket.send(method, raw(user, MEETINGS));
        assertTrue(answer.startsWith("HTTP/1.1 4") || method.equals("OPTIONS"), answer);
        if (answer.startsWith("HTTP/1.1 405")) {
            assertTrue(answer.matches("(?is).*\r\nallow: DELETE, GET, POST, PUT\r\n.*"), answer);
        }
        assertEquals(before, requestsToGoTo());
    }

    /** Every operation below these paths of GoTo's description, and no other. */
    @ParameterizedTest
    @CsvFileSource(resources = "/goto-operations.csv", numLinesToSkip = 3)
    @Tag("thorough")
    void reachesAllThatGoToDocuments(String method, String template) {
        String path = template.substring(1).replaceAll("\\{\\w+}", "1");
        if (!path.startsWith("identity/")) {
            problem(asDemo().request(method, raw(freshUser(), path)).then(), 404, "not-connected");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, admin/rest/v1/accounts/1/users",
        "PUT, admin/rest/v1/me",
        "DELETE, G2M/rest/meetings",
        "POST, G2M/rest/upcomingMeetings",
        "GET, G2M/rest/recordings"
    })
    void refusesWhatGoToDoesNotDocument(String method, String path) {
        String user = connectedUser();
        int before = requestsToGoTo();

        problem(asDemo().request(method, raw(user, path)).then(), 400, "invalid-request")
                .body("field", equalTo("path"))
                .body("detail", containsString(method));
        assertEquals(before, requestsToGoTo());
    }

    @Test
    void namesTheAllowedMethods() {
        problem(asDemo().patch(raw(freshUser(), MEETINGS)).then(), 405, "method-not-allowed")
                .header("Allow", "DELETE, GET, POST, PUT");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "G2M/rest/../../oauth/token",
                "G2M/rest/%2e%2e/%2e%2e/oauth/token",
                "G2M/rest/.%2e/.%2e/oauth/token",
                "G2M/rest/%252e%252e/x",
                "G2M/rest/..%2f..%2foauth%2ftoken",
                "G2M/rest/..%5c..%5cx",
                "G2M/rest/..\\..\\x",
                "G2M/rest/..;/..;/oauth/token",
                "G2M/rest/meetings;x=y",
                "G2M/rest//meetings",
                "G2M//rest/meetings",
                "/G2M/rest/meetings",
                "%2fG2M/rest/meetings",
                "G2M%2frest%2fmeetings",
                "./G2M/rest/meetings",
                "%2e/G2M/rest/meetings",
                "x/../G2M/rest/meetings",
                "G2M/rest/meetings/",
                "G2M/rest/meetings/.",
                "G2M/rest/",
                "G2M/rest",
                "G2M",
                "",
                "control/reset",
                "oauth/token",
                "identity/v1/Users/me",
                "//evil.example.com/G2M/rest/meetings",
                "http://evil.example.com/G2M/rest/meetings",
                "@evil.example.com/G2M/rest/meetings",
                "G2M/rest/@evil.example.com",
                "G2M/rest/meetings%00",
                "G2M/rest/meetings%0d%0aX-Canary:%20x",
                "G2M/rest/meetings%20HTTP/1.1",
                "G2M/rest/\u00e9",
                "G2M/rest/%ef%bc%8e%ef%bc%8e/x",
                "G2M/rest/%c0%ae%c0%ae/x",
                "G2M/rest/meetings?x=%0d%0aX-Canary:%20x",
                "G2M/rest/meetings?x=%00",
                "G2M/rest/meetings?x=%zz",
                "G2M/rest/meetings?x=\u00e9",
                "G2M/rest/meetings?x=<y>",
                "../goto/G2M/rest/meetings",
                "../../alice/goto/G2M/rest/meetings"
            })
    @Tag("thorough")
    void callsNoPathOutsideTheFence(String path) {
        String user = connectedUser();
        int before = requestsToGoTo();

        String answer = RawSocket.send("GET", raw(user, path));

        assertTrue(answer.matches("(?s)HTTP/1\\.1 40[04] .*"), answer);
        assertFalse(answer.contains("X-Canary"), answer);
        assertEquals(before, requestsToGoTo());
    }

    @Test
    void readsAnAbsoluteTargetAsAPath() {
        String user = connectedUser();
        int before = requestsToGoTo();

        String answer = RawSocket.send(
                "GET", "http://evil.example.com/v1/users/%s/goto/G2M/rest/upcomingMeetings".formatted(user));

        assertTrue(answer.startsWith("HTTP/1.1 200"), answer);
        assertEquals(before + 1, requestsToGoTo());
    }

    @Test
    void answersHeadLikeGetWithoutABody() {
        String user = connectedUser();

        asDemo().head(raw(user, "G2M/rest/upcomingMeetings"))
                .then()
                .statusCode(200)
                .contentType(ContentType.JSON)
                .body(equalTo(""));
    }

    @Test
    void reportsAMissingLicence() {
        Sandbox.set("consentAccount", "free.plan@example.com");
        String user = freshUser();
        walk(new Browser(), connectLink(user));

        problem(asDemo().body(planning).post(raw(user, MEETINGS)).then(), 403, "forbidden-by-goto")
                .body("gotoStatus", equalTo(412));
    }

    private static String raw(String user, String path) {
        return "/v1/users/" + user + "/goto/" + path;
    }

    private static int requestsToGoTo() {
        return Sandbox.requests("api") + Sandbox.requests("me") + Sandbox.requests("other");
    }

    private static Map<String, Object> contentType(String value) {
        return Map.of("status", 202, "body", Map.of("canary", 1), "headers", Map.of("Content-Type", value));
    }

    private static ValidatableResponse unavailable(ValidatableResponse answer) {
        return problem(answer, 503, "goto-unavailable").header("Retry-After", matchesPattern("\\d+"));
    }

    private static ValidatableResponse problem(ValidatableResponse answer, int status, String code) {
        return answer.statusCode(status).contentType("application/problem+json").body("code", equalTo(code));
    }
}
