package dev.meetgate.http;

import static dev.meetgate.Api.asDemo;
import static dev.meetgate.Api.connectedUser;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meetgate.RawSocket;
import dev.meetgate.Sandbox;
import dev.meetgate.WrittenLog;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What anybody can send, without a key. */
@QuarkusTest
class EdgeTest {

    private static final int LARGEST_SCRAPE = 200_000;
    private static final Pattern ANSWERS = Pattern.compile("HTTP/1.1 \\d{3}");

    @TestHTTPResource(value = "/metrics", management = true)
    URI metrics;

    @BeforeEach
    void reset() {
        Sandbox.reset();
    }

    @Test
    void countsMadeUpMethodsAsOne() {
        for (int number = 0; number < 300; number++) {
            String answer = RawSocket.send("M" + number, "/x" + number);
            assertTrue(answer.startsWith("HTTP/1.1 405 "), answer);
        }
        String known = RawSocket.send("GETT", "/v1/connections");
        assertTrue(known.toLowerCase(Locale.ROOT).contains("\r\nallow: get\r\n"), known);

        assertEquals(
                List.of(),
                scrape().lines()
                        .filter(line -> line.matches(".*method=\"(M\\d|GETT).*"))
                        .toList());
        assertTrue(scrape().contains("method=\"other\""));
    }

    @Test
    void showsNothingOfARequestInMetrics() {
        String user = connectedUser();
        asDemo().get("/v1/users/{user}/meetings", user).then().statusCode(200);
        asDemo().get("/v1/users/{user}/goto/G2M/rest/upcomingMeetings?email=LEAK@example.com", user);
        given().put("/connect/LEAK-ME").then().statusCode(405);
        given().get("/connect/LEAK-ME");
        given().get("/LEAK-ME");
        given().get("/v1/users/LEAK-ME/connection").then().statusCode(401);
        asDemo().get("/v1/users/LEAK-ME/nowhere/LEAK-ME").then().statusCode(404);
        asDemo().get("/v1/connections?cursor=" + "LEAK".repeat(2_000)).then().statusCode(414);
        given().header("Origin", "https://LEAK-ME.example").options("/LEAK-ME");

        String scrape = scrape();
        assertFalse(scrape.contains("LEAK"), scrape);
        assertFalse(scrape.contains(user), scrape);
        assertTrue(scrape.contains("uri=\"/v1/users/{user}/meetings\""), scrape);
        assertTrue(scrape.contains("http_server_requests_seconds_count{method=\"GET\""), scrape);
    }

    @Test
    void keepsAScrapeSmall() {
        for (String path : new String[] {
            "/v1/connections", "/v1/users/a/meetings", "/v1/users/a/meetings/1", "/v1/users/a/account", "/nowhere"
        }) {
            for (String method : new String[] {"GET", "PUT", "POST", "PATCH", "DELETE", "OPTIONS", "HEAD"}) {
                for (String type : new String[] {"text/plain", "application/json"}) {
                    asDemo().contentType(type).request(method, path);
                    given().contentType(type).request(method, path);
                }
            }
        }

        assertTrue(scrape().length() < LARGEST_SCRAPE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Transfer-Encoding: chunked, xchunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
                "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
                "Content-Length: 0\r\nContent-Length: 5\r\n\r\n",
                "Content-Length: 0, 5\r\n\r\n",
                "Content-Length: +0\r\n\r\n",
                "Content-Length: -1\r\n\r\n",
                "X-Bare: one\nX-More: two\r\n\r\n",
                "X-Bare: one\n\n",
                "X-Return: one\rtwo\r\n\r\n",
                "X-Null: one\u0000two\r\n\r\n",
                "Host: other\r\n\r\n",
                "X Space: one\r\n\r\n"
            })
    void answersAnAmbiguousRequestOnceAndCloses(String rest) {
        String first = "POST /v1/connections HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer demo-key\r\n";
        String second = "GET /smuggled HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

        String answers = RawSocket.exchange("127.0.0.1", first + rest + second);
        assertTrue(answers.startsWith("HTTP/1.1 400 "), answers);
        assertEquals(1, ANSWERS.matcher(answers).results().count(), answers);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0\n\n", "100000000\r\n\r\n", "1;a=\"\r\nx\r\n0\r\n\r\n", "5\r\nx\r\n0\r\n\r\n"})
    void closesAtABrokenChunk(String body) {
        String answers = RawSocket.exchange(
                "127.0.0.1",
                "POST /v1/users/alice/connect-links HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer demo-key\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n" + body
                        + "GET /smuggled HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertFalse(answers.contains(" 201 ") || answers.contains(" 404 "), answers);
    }

    /** RFC 9112 §5.2: a folded line becomes part of the value before it, never a header of its own. */
    @Test
    void takesNoHeaderFromAFoldedLine() {
        String answers = RawSocket.exchange(
                "127.0.0.1",
                "GET /v1/connections HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Folded: one\r\n"
                        + " Authorization: Bearer demo-key\r\n\r\n");
        assertTrue(answers.startsWith("HTTP/1.1 401 "), answers);
    }

    @Test
    void refusesRequestLinesAndHeadersOfMoreThanTheirBounds() {
        String line = RawSocket.exchange("127.0.0.1", "GET /" + "a".repeat(11_000));
        assertTrue(line.matches("(?s)HTTP/1\\.. 414 .*"), line);

        String header =
                RawSocket.exchange("127.0.0.1", "GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: " + "a".repeat(21_000));
        assertTrue(header.matches("(?s)HTTP/1\\.. 431 .*"), header);
    }

    @Test
    void answersLargeHeadersWithAProblem() {
        String fits = "X-Long: " + "a".repeat(15_000);
        String more = "X-More: " + "b".repeat(2_000);
        String key = "Authorization: Bearer demo-key";

        String small = RawSocket.send("GET", "/v1/connections", key, fits);
        assertTrue(small.startsWith("HTTP/1.1 200 "), small);
        String large = RawSocket.send("GET", "/v1/connections", key, fits, more);
        assertTrue(large.startsWith("HTTP/1.1 431 "), large);
        assertTrue(large.contains("application/problem+json") && large.contains("\"headers-too-large\""), large);
    }

    @Test
    void readsAChunkedBodyUpToItsBound() {
        String chunk = "400\r\n" + " ".repeat(1024) + "\r\n";
        String head = "POST /v1/users/alice/connect-links HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Authorization: Bearer demo-key\r\nTransfer-Encoding: chunked\r\n\r\n";

        String small = RawSocket.exchange("127.0.0.1", head + chunk.repeat(60) + "2\r\n{}\r\n0\r\n\r\n");
        assertTrue(small.startsWith("HTTP/1.1 201 "), small);
        try (var log = new WrittenLog()) {
            String large = RawSocket.exchange("127.0.0.1", head + chunk.repeat(70) + "0\r\n\r\n");
            assertTrue(large.startsWith("HTTP/1.1 413 "), large);
            connectedUser();
            assertFalse(log.text().contains("Unexpected failure"), log.text());
        }
    }

    @Test
    void serves404ForEmptySegmentsWithAndWithoutAKey() {
        String user = connectedUser();
        for (String path : List.of(
                "//v1/connections",
                "/v1//connections",
                "/v1/users//%s/meetings".formatted(user),
                "/v1/users/%s//meetings".formatted(user),
                "/v1/users/%s/meetings//".formatted(user),
                "/v1/users/%s/goto//G2M/rest/meetings".formatted(user),
                "//console",
                "/console//",
                "//callback?state=x",
                "//meetgate.css")) {
            for (String key : List.of("X-No: key", "Authorization: Bearer demo-key")) {
                String answer = RawSocket.send("GET", path, key);
                assertTrue(answer.startsWith("HTTP/1.1 404 ") && answer.contains("\"not-found\""), path + answer);
            }
        }
    }

    @Test
    void servesOthersBesideManyHalfRequests() throws IOException {
        var half = new ArrayList<Socket>();
        try {
            for (int number = 0; number < 400; number++) {
                var socket = new Socket(InetAddress.getByName("127.0.0.1"), RestAssured.port);
                half.add(socket);
                socket.getOutputStream().write(("GET /" + "a".repeat(9_000)).getBytes(StandardCharsets.US_ASCII));
            }
            asDemo().get("/v1/connections").then().statusCode(200);
        } finally {
            for (Socket socket : half) {
                socket.close();
            }
        }
    }

    @Test
    void letsALongWaitKeepItsConnection() {
        asDemo().header("Request-Timeout", "50").get("/v1/connections").then().header("Connection", equalTo("close"));
        asDemo().header("Request-Timeout", "10").get("/v1/connections").then().header("Connection", nullValue());
    }

    /** Also if the caller does not close it: nothing else would end it. */
    @Test
    void closesTheConnectionOfALongWait() {
        String answer = RawSocket.exchange(
                "127.0.0.1",
                "GET /v1/connections?limit=1 HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer demo-key\r\n"
                        + "Request-Timeout: 50\r\n\r\n");

        assertTrue(answer.startsWith("HTTP/1.1 200"), answer);
        assertTrue(answer.endsWith("}"), answer);
    }

    @Test
    void slowsDownWhoGuessesKeysAndNobodyElse() {
        List<String> answers = new ArrayList<>();
        for (int number = 0; number < 150; number++) {
            answers.add(connections("127.0.0.2", "guess-" + number));
        }

        assertTrue(answers.get(0).startsWith("HTTP/1.1 401 "), answers.get(0));
        String last = answers.get(answers.size() - 1);
        assertTrue(last.startsWith("HTTP/1.1 429 "), last);
        assertTrue(last.toLowerCase(Locale.ROOT).matches("(?s).*\r\nretry-after: [1-9]\\d?\r\n.*"), last);
        assertTrue(last.contains("too-many-attempts"), last);
        assertTrue(connections("127.0.0.2", "demo-key").startsWith("HTTP/1.1 200 "));
        assertTrue(connections("127.0.0.3", "guess").startsWith("HTTP/1.1 401 "));
    }

    private static String connections(String from, String key) {
        return RawSocket.exchange(
                from,
                "GET /v1/connections HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer " + key
                        + "\r\n\r\n");
    }

    private String scrape() {
        return given().get(metrics).then().statusCode(200).extract().asString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-No: host", "Host:", "Host: [v1.x]", "Host: [", "Host: a b", "Host: %zz"})
    void namesAHostThatIsNone(String header) {
        for (String target : List.of("/v1/connections", "/connected", "/nowhere")) {
            String answer = RawSocket.exchange(
                    "127.0.0.1",
                    "GET " + target + " HTTP/1.0\r\n" + header + "\r\nAuthorization: Bearer demo-key\r\n\r\n");
            assertTrue(answer.matches("(?s)HTTP/1\\.. 400 .*\"field\":\"Host\".*"), answer);
        }
    }

    /** Vert.x refuses them before all filters. */
    @ParameterizedTest
    @ValueSource(
            strings = {"X-No: host", "Host:", "Host: [", "Host: a b", "Host: a/b", "Host: localhost\r\nHost: other"})
    void answersABadHostLikeAnyOtherMistake(String header) {
        String answer = RawSocket.exchange(
                "127.0.0.1",
                "GET /v1/connections HTTP/1.1\r\n" + header
                        + "\r\nConnection: close\r\nX-Request-Id: mine\r\n"
                        + "Authorization: Bearer demo-key\r\n\r\n");

        assertTrue(answer.matches("(?s)HTTP/1\\.1 400 .*\"field\":\"Host\".*"), answer);
        assertTrue(
                answer.matches("(?is).*\r\nx-request-id: mine\r\n.*\"instance\":\"urn:uuid:[^\"]*#mine\".*"), answer);
        assertTrue(answer.matches("(?is).*\r\ncache-control: no-store\r\n.*"), answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"meet_gate:8080", "[::1]:8080", "EXAMPLE.com", "a.:80"})
    void takesAnyHost(String host) {
        String answer = RawSocket.exchange(
                "127.0.0.1",
                "GET /v1/connections HTTP/1.1\r\nConnection: close\r\nAuthorization: Bearer demo-key\r\nHost: " + host
                        + "\r\n\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
    }
}
