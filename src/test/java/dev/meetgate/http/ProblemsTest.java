package dev.meetgate.http;

import static dev.meetgate.Api.asDemo;
import static dev.meetgate.Api.connectedUser;
import static dev.meetgate.Api.freshUser;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meetgate.RawSocket;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ProblemsTest {

    private static final String LINKS = "/v1/users/alice/connect-links";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nowhere",
                "/v1",
                "/v1/nowhere",
                "/v1/users",
                "/v1/users/alice",
                "/v1/users/../connections/x",
                "/q/nowhere"
            })
    void answersUnknownPathsWithAProblem(String path) {
        problem(asDemo().get(path).then(), 404, "not-found");
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/audit?usr=alice, usr, user",
        "/v1/events?type=dev.meetgate.connection.connected, type, types",
        "/v1/connections?status=CONNECTED&limt=3, limt, limit",
        "/v1/users/alice/meetings/history?fro=2027-01-15T09:00:00Z, fro, from",
    })
    void namesAMisspeltParameter(String path, String field, String meant) {
        asDemo().get(path)
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid-request"))
                .body("field", equalTo(field))
                .body(
                        "detail",
                        equalTo("This operation does not know the parameter %s. Did you mean %s?"
                                .formatted(field, meant)));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/audit?user=, user",
        "GET, /v1/audit?user, user",
        "GET, /v1/audit?limit=1&user=&cursor=, user",
        "GET, /v1/connections?status=, status",
        "GET, /v1/events?user=, user",
        "GET, /v1/events?types=, types",
        "GET, /v1/webhook/deliveries?state=, state",
        "GET, /v1/users/alice/meetings/1/attendees?session=, session",
        "GET, /v1/users/alice/meetings/history?from=2027-01-15T09:00:00Z&to=, to",
        "DELETE, /v1/users/alice/sessions/1?organizer=, organizer",
        "DELETE, /v1/users/alice/sessions/1/recordings?organizer=, organizer",
        "DELETE, /v1/users/alice/sessions/1/attendees?organizer, organizer",
    })
    void takesNoEmptyFilterForNoFilter(String method, String address, String field) {
        problem(asDemo().request(method, address).then(), 400, "invalid-request")
                .body("field", equalTo(field))
                .body(
                        "detail",
                        equalTo(field + " must not be empty. Give it a value, or leave it out if it is optional."));
    }

    @Test
    void beginsAListAtAnEmptyCursor() {
        asDemo().get("/v1/connections?cursor=").then().statusCode(200);
        asDemo().get("/v1/events?limit=1&after").then().statusCode(200);
        asDemo().get("/v1/connections?unknown=&unknown=").then().statusCode(200);
        String user = connectedUser();
        asDemo().get("/v1/users/{user}/meetings/history?from=2026-11-01T00:00:00Z&cursor=", user)
                .then()
                .statusCode(200);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/audit?user=alice&user=bob, user",
        "GET, /v1/audit?user=alice&us%65r=alice, user",
        "GET, /v1/events?types=dev.meetgate.connection.connected&types=x, types",
        "GET, /v1/connections?limit=1&limit=x, limit",
        "GET, /v1/connections?cursor=&cursor=YWxpY2U, cursor",
        "DELETE, /v1/users/alice/sessions/1/recordings?organizer=1&organizer=2, organizer",
    })
    void choosesNoneOfTwoValues(String method, String address, String field) {
        problem(asDemo().urlEncodingEnabled(false).request(method, address).then(), 400, "invalid-request")
                .body("field", equalTo(field))
                .body("detail", equalTo(field + " must not be repeated."));
    }

    @ParameterizedTest
    @ValueSource(strings = {",", "dev.meetgate.connection.connected,", ",dev.meetgate.connection.connected"})
    void refusesAnEmptyTypeOfEvents(String types) {
        problem(asDemo().queryParam("types", types).get("/v1/events").then(), 400, "invalid-request")
                .body("field", equalTo("types"));
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/connections?cursor=__, cursor",
        "/v1/connections?status=CONNECTED&cursor=__, cursor",
        "/v1/audit?cursor=__, cursor",
        "/v1/users/alice/meetings/history?from=2027-01-15T09:00:00Z&cursor=__, cursor",
        "/v1/events?after=__, after",
    })
    void refusesACursorThatIsNoText(String address, String field) {
        problem(asDemo().get(address).then(), 400, "invalid-request").body("field", equalTo(field));
    }

    @ParameterizedTest
    @ValueSource(strings = {"9999-12-31T23:59:59-18:00", "0001-01-01T00:00:00+18:00", "0000-12-31T23:59:59Z"})
    void knowsTheYearsFrom1To9999InUtc(String time) {
        problem(asDemo().queryParam("since", time).get("/v1/audit").then(), 400, "invalid-request")
                .body("field", equalTo("since"));
        Map<String, String> meeting = Map.of("subject", "x", "startTime", time, "endTime", time);
        problem(asDemo().body(meeting).post("/v1/users/alice/meetings").then(), 400, "invalid-request")
                .body("field", equalTo("startTime"));
    }

    @ParameterizedTest
    @CsvSource({
        "passwordRequired, ''",
        "passwordRequired, '  '",
        "type, ''",
        "audio, ' '",
        "coorganizers, ''",
        "subject, ''"
    })
    void takesNoEmptyTextForAnAbsentMember(String member, String value) {
        Map<String, String> meeting =
                Map.of("subject", "x", "startTime", "2099-01-15T09:00:00Z", "endTime", "2099-01-15T10:00:00Z");
        var changed = new HashMap<>(meeting);
        changed.put(member, value);
        problem(asDemo().body(changed).post("/v1/users/alice/meetings").then(), 400, "invalid-request")
                .body("field", equalTo(member));
    }

    @Test
    void namesTheAllowedMethodsOfAPath() {
        problem(asDemo().put(LINKS).then(), 405, "method-not-allowed").header("Allow", containsString("POST"));
        problem(asDemo().put(LINKS + "/").then(), 405, "method-not-allowed").header("Allow", equalTo("POST"));
        problem(asDemo().patch("/callback").then(), 405, "method-not-allowed");
        problem(asDemo().post("/v1/users/alice/meetings/1").then(), 405, "method-not-allowed")
                .header("Allow", equalTo("DELETE, GET, PATCH, PUT"));
        problem(asDemo().get("/v1/users/alice/meetings/1/start").then(), 405, "method-not-allowed")
                .header("Allow", equalTo("POST"));
        problem(asDemo().post("/v1/users/alice/meetings/history").then(), 405, "method-not-allowed")
                .header("Allow", equalTo("DELETE, GET, PATCH, PUT"));
        problem(asDemo().get("/v1/users/alice/sessions/1").then(), 405, "method-not-allowed")
                .header("Allow", equalTo("DELETE"));
    }

    @Test
    void requiresACredential() {
        for (String path : new String[] {"/v1/connections", "/v1/users/alice/connection", "/v1/users/alice/meetings"}) {
            problem(given().get(path).then(), 401, "unauthenticated")
                    .header("WWW-Authenticate", containsString("Bearer"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer wrong",
                "Bearer ",
                "Bearer",
                "Basic ZGVtbzpkZW1vLWtleQ==",
                "demo-key",
                "Bearer demo-key x"
            })
    void refusesUnknownCredentials(String authorization) {
        problem(
                        given().header("Authorization", authorization)
                                .get("/v1/connections")
                                .then(),
                        401,
                        "unauthenticated")
                .header("WWW-Authenticate", containsString("Bearer"));
    }

    @Test
    void acceptsTheSchemeInAnyCase() {
        given().header("Authorization", "bearer demo-key")
                .get("/v1/connections")
                .then()
                .statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"returnUrl\": }", "nonsense", "{\"displayName\": \"\\ud83d\\"})
    void refusesMalformedJson(String body) {
        problem(asDemo().body(body).post(LINKS).then(), 400, "invalid-request").body("field", equalTo("body"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "5", "\"text\"", "[{\"displayName\": \"Alice\"}]", "{} {}", "{}[]"})
    void refusesJsonOtherThanAnObject(String body) {
        problem(asDemo().body(body).post(LINKS).then(), 400, "invalid-request").body("field", equalTo("body"));
    }

    @ParameterizedTest
    @CsvSource({
        "return_url, returnUrl",
        "returnURL, returnUrl",
        "ReturnUrl, returnUrl",
        "return, returnUrl",
        "retrunUrl, returnUrl",
        "display-name, displayName",
        "name, displayName",
        "dispalyName, displayName"
    })
    void namesAMemberThatNobodyKnowsAndTheRightSpelling(String member, String meant) {
        problem(
                        asDemo().body(Map.of(member, "https://app.example.com/back"))
                                .post(LINKS)
                                .then(),
                        400,
                        "invalid-request")
                .body("field", equalTo(member))
                .body("detail", containsString(meant + "?"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"colour", "x", "\u00fcber", "@type", "a b"})
    void namesAMemberThatIsLikeNoOther(String member) {
        problem(asDemo().body(Map.of(member, Map.of("a", 1))).post(LINKS).then(), 400, "invalid-request")
                .body("field", equalTo(member))
                .body("detail", containsString("displayName, returnUrl"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\\nb", "\\ud83d", "a\\u0000"})
    void repeatsNoMemberThatIsNoText(String member) {
        problem(asDemo().body("{\"" + member + "\": 1}").post(LINKS).then(), 400, "invalid-request")
                .body("field", equalTo("body"));
    }

    @Test
    void repeatsNoMemberWithoutEnd() {
        problem(asDemo().body(Map.of("a".repeat(5000), 1)).post(LINKS).then(), 400, "invalid-request")
                .body("field", equalTo("body"));
    }

    @Test
    void refusesAMemberThatOccursTwice() {
        String body = "{\"displayName\": \"Alice\", \"displayName\": \"Bob\"}";
        problem(asDemo().body(body).post(LINKS).then(), 400, "invalid-request").body("field", equalTo("displayName"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "true", "[\"Alice\"]", "{\"a\": 1}", "1.5"})
    void namesAMemberOfTheWrongType(String value) {
        problem(asDemo().body("{\"displayName\": " + value + "}").post(LINKS).then(), 400, "invalid-request")
                .body("field", equalTo("displayName"));
    }

    @Test
    void refusesHalfACharacter() {
        problem(asDemo().body("{\"displayName\": \"a\\ud83d\"}").post(LINKS).then(), 400, "invalid-request")
                .body("field", equalTo("displayName"));
    }

    /** Uses the JDK's client: RestAssured needs half a minute for such a body. */
    @Test
    void refusesDeeplyNestedJson() throws Exception {
        String body = "{\"x\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}";
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + LINKS))
                .header("Authorization", "Bearer demo-key")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();

        var answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertEquals(400, answer.statusCode());
        assertTrue(answer.body().contains("\"invalid-request\""), answer.body());
    }

    @Test
    void refusesOtherContentTypes() {
        problem(asDemo().contentType("text/plain").body("{}").post(LINKS).then(), 415, "unsupported-media-type");
        problem(asDemo().accept("image/png").get("/v1/connections").then(), 406, "not-acceptable");
    }

    @Test
    void acceptsARequestWithoutBodyAndContentType() throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + LINKS))
                .header("Authorization", "Bearer demo-key")
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();

        assertEquals(
                201,
                HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.discarding())
                        .statusCode());
    }

    @Test
    void refusesBodiesOver64Kilobytes() {
        String body = "{%s}";
        asDemo().body(body.formatted(" ".repeat(60_000))).post(LINKS).then().statusCode(201);
        asDemo().body(new ByteArrayInputStream(
                        body.formatted(" ".repeat(60_000)).getBytes(StandardCharsets.UTF_8)))
                .post(LINKS)
                .then()
                .statusCode(201);

        for (int size : new int[] {70_000, 10_000_000}) {
            problem(asDemo().body(body.formatted(" ".repeat(size))).post(LINKS).then(), 413, "too-large");
            problem(
                    asDemo().body(new ByteArrayInputStream(
                                    body.formatted(" ".repeat(size)).getBytes(StandardCharsets.UTF_8)))
                            .post(LINKS)
                            .then(),
                    413,
                    "too-large");
        }
    }

    @Test
    void refusesLongAddresses() {
        problem(asDemo().get("/v1/connections?cursor=" + "a".repeat(10_000)).then(), 414, "uri-too-long");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/connected?status=%zz", "/v1/connections?cursor=%zz", "/callback?code=a&state=b&x=%"})
    void refusesMalformedPercentEncoding(String address) {
        String answer = RawSocket.send("GET", address);

        assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
    }

    @Test
    void neverRepeatsAWrongValue() {
        asDemo().contentType(ContentType.JSON)
                .body("{\"displayName\": {\"canary\": 1}}")
                .post("/v1/users/{user}/connect-links", freshUser())
                .then()
                .statusCode(400)
                .body("field", equalTo("displayName"))
                .body(not(containsString("canary")))
                .body(not(containsString("dev.meetgate")));
    }

    @Test
    void sendsSecurityHeadersWithEveryAnswer() {
        for (String path : new String[] {"/nowhere", "/v1/connections", "/connected"}) {
            given().get(path)
                    .then()
                    .header("Cache-Control", "no-store")
                    .header("X-Content-Type-Options", "nosniff")
                    .header("Strict-Transport-Security", matchesPattern("max-age=\\d{8,}.*"))
                    .header("Content-Security-Policy", containsString("frame-ancestors 'none'"));
        }
    }

    private static ValidatableResponse problem(ValidatableResponse response, int status, String code) {
        return response.statusCode(status)
                .contentType("application/problem+json")
                .body("status", equalTo(status))
                .body("code", equalTo(code))
                .body("type", equalTo("urn:meetgate:problem:" + code))
                .body("title", notNullValue())
                .body("detail", notNullValue())
                .body("instance", matchesPattern("urn:uuid:.*"))
                .body("retryable", equalTo(false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/connections|GET, HEAD, OPTIONS",
                "/v1/users/alice/meetings/1|DELETE, GET, HEAD, OPTIONS, PATCH, PUT",
                "/v1/users/alice/connect-links|OPTIONS, POST",
                "/v1/users/alice/sessions/1|DELETE, OPTIONS",
                "/callback|GET, HEAD, OPTIONS"
            })
    void answersOptionsWithTheMethodsOfThePath(String path, String methods) {
        given().options(path).then().statusCode(200).header("Allow", equalTo(methods));
    }

    @Test
    void knowsNoOptionsOfUnknownPaths() {
        for (String path : new String[] {"/v1/nowhere", "/v1/users/alice", "/v1/users/alice/nowhere"}) {
            problem(asDemo().options(path).then(), 404, "not-found");
        }
    }
}
