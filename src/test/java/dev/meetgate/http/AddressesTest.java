package dev.meetgate.http;

import static dev.meetgate.Api.RETURN_URL;
import static dev.meetgate.Api.asDemo;
import static dev.meetgate.Api.freshUser;
import static dev.meetgate.Api.walk;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meetgate.Browser;
import dev.meetgate.RawSocket;
import dev.meetgate.Sandbox;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.text.Normalizer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An address names exactly what its sender means, or nothing. */
@QuarkusTest
class AddressesTest {

    @BeforeEach
    void reset() {
        Sandbox.reset();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "auth0|65f1 %7C",
                "a\"b %22",
                "a<b %3C",
                "a>b %3E",
                "a\\b %5C",
                "a^b %5E",
                "a`b %60",
                "a{b %7B",
                "a}b %7D",
                "a[b %5B",
                "a]b %5D",
                "a;b %3B",
                "a% %25",
                "a%zz %25"
            })
    void saysHowToEncodeACharacter(String user, String encoded) {
        String detail = refused("GET", "/v1/users/%s/connection".formatted(user), "path");

        assertTrue(detail.contains(encoded), detail);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a|b", "%zz", "%", "a\"b", "{a}"})
    void saysHowToEncodeAQuery(String cursor) {
        String detail = refused("GET", "/v1/connections?cursor=" + cursor, "query");

        assertTrue(detail.contains("%"), detail);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "GET /v1/audit?user=ben;x",
                "GET /v1/audit?limit=1;user=ben",
                "GET /v1/connections?;",
                "DELETE /v1/users/alice/sessions/1/recordings?organizer=4567;1"
            })
    void takesNoValueForTheOneBeforeASemicolon(String method, String address) {
        assertTrue(refused(method, address, "query").endsWith("Write ; as %3B."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"user=%FF", "user=%C3", "user=%ED%A0%80", "user=a%80", "%FF=1", "user=a&x=%C0%AF"})
    void refusesAQueryThatIsNoText(String query) {
        refused("GET", "/v1/audit?" + query, "query");
        refused("GET", "/v1/events?" + query, "query");
    }

    @Test
    void leavesTheQueriesOfOthersAlone() {
        String user = connected(freshUser());
        String raw = "/v1/users/%s/goto/G2M/rest/upcomingMeetings?a;b=%%C3%%A9&a&a=".formatted(user);

        assertTrue(RawSocket.send("GET", raw).startsWith("HTTP/1.1 200 "));
        assertTrue(RawSocket.send("GET", "/connected?status=connected;x=%FF").startsWith("HTTP/1.1 200 "));
        asDemo().queryParam("user", user + ";+é").get("/v1/audit").then().statusCode(200);
    }

    @Test
    void neverTakesAnIdForTheOneBeforeASemicolon() {
        String alice = connected(freshUser());

        for (String other : List.of(alice + ";bob", alice + ";", ";" + alice, alice + ";a=b;c")) {
            refused("GET", "/v1/users/%s/connection".formatted(other), "path");
            refused("DELETE", "/v1/users/%s/connection".formatted(other), "path");
            refused("POST", "/v1/users/%s/connect-links".formatted(other), "path");
        }
        refused("GET", "/v1/users/%s/meetings/1;2".formatted(alice), "path");
        refused("GET", "/v1;x/connections", "path");
        refused("GET", "/connect/abc;x", "path");
        notConnected(alice + ";bob");
        asDemo().get("/v1/users/{user}/connection", alice).then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a%FFb",
                "a%FEb",
                "a%C0%AFb",
                "a%C1%A1b",
                "a%ED%A0%80b",
                "a%F4%90%80%80b",
                "a%C3",
                "a%80",
                "\u00e9",
                "a\u00ffb"
            })
    void refusesBytesThatAreNoText(String user) {
        refused("POST", "/v1/users/%s/connect-links".formatted(user), "path");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/users/../connection",
                "/v1/users/%2e%2E/connection",
                "/v1/users/./connection",
                "/v1/users/alice/organizers/../meetings",
                "/v1/users/alice/groups/%2e./meetings",
                "/v1/users/alice/../../connections",
                "/v1/users/alice/meetings/..",
                "/v1/users/bob/../alice/connection"
            })
    void knowsNoDotSegments(String path) {
        String answer = RawSocket.send("GET", path);

        assertTrue(answer.startsWith("HTTP/1.1 404 "), answer);
        assertTrue(answer.contains("\"not-found\""), answer);
    }

    @Test
    void refusesAnAddressThatIsNoUri() {
        refused("GET", "http://a|b/v1/connections", "request");
    }

    @Test
    void keepsIdsApartThatLookAlike() {
        String user = freshUser();
        String composed = connected(user + "/\u00e9");

        for (String other : List.of(
                user,
                Normalizer.normalize(composed, Normalizer.Form.NFD),
                user + "%2F\u00e9",
                user + "\\\u00e9",
                composed + " ",
                " " + composed,
                composed + "\u200b",
                user + "/e",
                user + "/\u00c9",
                user + "/\ufffd",
                "../" + composed)) {
            notConnected(other);
        }
        asDemo().get("/v1/users/{user}/connection", composed).then().body("user", equalTo(composed));
    }

    private static String connected(String user) {
        String link = asDemo().body(Map.of("returnUrl", RETURN_URL))
                .post("/v1/users/{user}/connect-links", user)
                .path("url");
        assertTrue(walk(new Browser(), link).contains("status=connected"));
        return user;
    }

    private static void notConnected(String user) {
        asDemo().get("/v1/users/{user}/connection", user).then().statusCode(404).body("code", equalTo("not-connected"));
    }

    /** Returns the problem's detail. */
    private static String refused(String method, String target, String field) {
        String answer = RawSocket.send(method, target);
        assertTrue(answer.startsWith("HTTP/1.1 400 "), target + ": " + answer);
        assertTrue(answer.contains("application/problem+json"), answer);
        var problem = new JsonPath(answer.substring(answer.indexOf("\r\n\r\n") + 4));
        assertEquals("invalid-request", problem.getString("code"));
        assertEquals(field, problem.getString("field"));
        return problem.getString("detail");
    }
}
