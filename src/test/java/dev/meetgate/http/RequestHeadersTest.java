package dev.meetgate.http;

import static dev.meetgate.Api.connectedUser;
import static dev.meetgate.Api.planning;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meetgate.RawSocket;
import dev.meetgate.Sandbox;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers that two readers may take for two things, and headers that nobody can read. */
@QuarkusTest
class RequestHeadersTest {

    private static final String KEY = "Authorization: Bearer demo-key";
    private static final String LINKS = "/v1/users/alice/connect-links";
    private static final String MEETING = new JsonObject(new HashMap<>(planning())).encode();

    @BeforeEach
    void reset() {
        Sandbox.reset();
    }

    @ParameterizedTest
    @CsvSource({
        "Authorization, Bearer demo-key, Authorization, Bearer other-key",
        "Authorization, Bearer other-key, authorization, Bearer demo-key",
        "Authorization, Bearer demo-key, AUTHORIZATION, Basic eDp5",
        "Authorization, Bearer demo-key, Authorization, Bearer demo-key",
        "Idempotency-Key, one, Idempotency-Key, two",
        "Idempotency-Key, two, idempotency-key, one",
        "Content-Type, application/json, content-type, text/plain",
        "Content-Type, text/plain, Content-Type, application/json",
        "Request-Timeout, 10, request-timeout, 20",
    })
    @Tag("thorough")
    void choosesNeitherOfTwoLines(String header, String first, String again, String second) {
        String user = connectedUser();
        int before = Sandbox.requests("api");

        String[] own = header.equals("Authorization") ? new String[0] : new String[] {KEY};
        String answer =
                post("/v1/users/" + user + "/meetings", MEETING, own, header + ": " + first, again + ": " + second);

        assertRefused(header, answer);
        assertEquals(before, Sandbox.requests("api"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/connections", "/connected", "/nowhere", "/console"})
    void choosesNeitherOfTwoCredentialsAnywhere(String path) {
        assertRefused("Authorization", RawSocket.send("GET", path, KEY, "Authorization: Bearer other-key"));
    }

    @Test
    void takesSeveralLinesOfAList() {
        String answer = RawSocket.send(
                "GET",
                "/v1/connections",
                KEY,
                "Accept: text/html",
                "Accept: application/json",
                "Prefer: a",
                "Prefer: b");

        assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "json",
                "",
                ";",
                "/",
                "application/",
                "/json",
                "a/b/c",
                "application / json",
                "a b/c d",
                "appli\u00e9/json",
                "application/json, text/plain",
                "application/json,",
                "\"application/json\"",
                "application/json charset=utf-8",
                "application/json;charset=\"",
                "application/json;charset=\"utf-8\\\"",
                "text/plain;a=\"b"
            })
    @Tag("thorough")
    void namesAContentTypeThatIsNone(String type) {
        String user = connectedUser();
        String meetings = "/v1/users/" + user + "/meetings";
        int before = Sandbox.requests("api");

        assertRefused("Content-Type", post(LINKS, "{}", KEY, "Content-Type: " + type));
        assertRefused("Content-Type", post(meetings, MEETING, KEY, "Content-Type: " + type));
        assertRefused(
                "Content-Type",
                post("/v1/users/" + user + "/goto/G2M/rest/meetings", "{}", KEY, "Content-Type: " + type));
        assertRefused("Content-Type", send("PUT", meetings + "/1", MEETING, KEY, "Content-Type: " + type));
        assertRefused("Content-Type", send("PATCH", meetings + "/1", "{}", KEY, "Content-Type: " + type));
        assertEquals(before, Sandbox.requests("api"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json;",
                "application/json ; charset=utf-8",
                "application/json;charset=\"utf-8\"",
                "application/json;a=\"\\\";,\";b",
                "APPLICATION/JSON",
                "application/merge-patch+json",
                "application/json;\ta=b"
            })
    void takesAnyWayToWriteJson(String type) {
        String answer = post(LINKS, "{}", KEY, "Content-Type: " + type);
        assertTrue(answer.startsWith("HTTP/1.1 201 "), answer);
    }

    @Test
    void takesALongParameter() {
        for (String type :
                List.of(";a=" + "b".repeat(14_000), ";a=\"" + "\\b".repeat(7_000) + '"', ";".repeat(14_000))) {
            String answer = post(LINKS, "{}", KEY, "Content-Type: application/json" + type);
            assertTrue(answer.startsWith("HTTP/1.1 201 "), answer);
        }
    }

    /** Nobody reads it there. */
    @Test
    void ignoresTheContentTypeOfARequestWithoutABody() {
        assertTrue(RawSocket.send("GET", "/v1/connections", KEY, "Content-Type: json")
                .startsWith("HTTP/1.1 200 "));
        assertTrue(RawSocket.send("DELETE", "/v1/users/nobody/connection", KEY, "Content-Type: json")
                .startsWith("HTTP/1.1 204 "));
    }

    private static void assertRefused(String header, String answer) {
        assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
        assertTrue(answer.toLowerCase(Locale.ROOT).contains("\r\nx-request-id: "), answer);
        var problem = JsonPath.from(answer.substring(answer.indexOf("\r\n\r\n")));
        assertEquals("invalid-request", problem.getString("code"), answer);
        assertEquals(header, problem.getString("field"), answer);
        assertTrue(problem.getString("detail").contains(header), answer);
    }

    private static String post(String target, String body, String... fields) {
        return send("POST", target, body, fields);
    }

    private static String post(String target, String body, String[] own, String... fields) {
        var all = new ArrayList<>(List.of(own));
        all.addAll(List.of(fields));
        return send("POST", target, body, all.toArray(String[]::new));
    }

    private static String send(String method, String target, String body, String... fields) {
        var all = new ArrayList<>(List.of(fields));
        all.add("Content-Length: " + body.length() + "\r\n\r\n" + body);
        return RawSocket.send(method, target, all.toArray(String[]::new));
    }
}
