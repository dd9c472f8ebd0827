package dev.meetgate.http;

import static dev.meetgate.Api.connectedUser;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meetgate.RawSocket;
import dev.meetgate.Sandbox;
import dev.meetgate.WrittenLog;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a header contains, the answer is not an error of ours, and the log does not repeat it. */
@Tag("thorough")
@QuarkusTest
class OddHeadersTest {

    private static final List<String> VALUES = List.of(
            "",
            ",",
            ";",
            "=",
            "CANARY",
            "CANARY; $Version=x",
            "$Version=CANARY",
            "a=CANARY; $Path",
            "\"CANARY",
            "CANARY\"",
            "\\\"CANARY",
            "CANARY,,;;==",
            "/",
            "a/b/c",
            ";q=1",
            "text/html, CANARY",
            "text/html;level=\"CANARY,b\"",
            "CANARY/",
            "/CANARY",
            "CANARY/x;q=y",
            "text/CANARY;charset",
            "text/html;charset=CANARY",
            "application/json;charset=CANARY",
            "application/json; q=CANARY",
            "*/*; q=9CANARY",
            "text/plain; charset=\"CANARY",
            "CANARY\u0001\u007f",
            "\u00e9\u00ffCANARY",
            "CANARY\t x",
            "Bearer CANARY\u00e9",
            "Bearer CANARY CANARY",
            "Basic CANARY",
            "Basic Q0FOQVJZ",
            "Digest CANARY",
            "-1CANARY",
            "99999999999999999999CANARY",
            "bytes=CANARY",
            "Sat, 29 Nov 2026 CANARY",
            "for=CANARY;host=\"",
            "W/\"CANARY",
            "%zzCANARY",
            "CANARY" + "a".repeat(9000));

    /** So many wrong credentials make their address wait, which is not to be that of other tests. */
    private static final String ELSEWHERE = "127.0.0.9";

    private static final List<String> TARGETS = List.of(
            "GET /callback?code=a&state=b",
            "POST /connect/x",
            "GET /connect/x/status",
            "GET /console",
            "GET /v1/audit?limit=1",
            "GET /v1/connections",
            "GET /v1/events?limit=1",
            "GET /v1/webhooks",
            "POST /v1/users/USER/connect-links {}",
            "POST /v1/users/USER/meetings {}",
            "PATCH /v1/users/USER/meetings/1 {\"subject\":\"x\"}",
            "GET /v1/users/USER/goto/G2M/rest/upcomingMeetings",
            "POST /v1/users/USER/goto/G2M/rest/meetings {}",
            "GET /meetgate.css",
            "GET /nowhere");

    @BeforeEach
    void reset() {
        Sandbox.reset();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Cookie",
                "Accept",
                "Accept-Language",
                "Accept-Charset",
                "Accept-Encoding",
                "Authorization",
                "Content-Type",
                "Content-Encoding",
                "Content-Language",
                "Content-Length",
                "Expect",
                "Forwarded",
                "Host",
                "Idempotency-Key",
                "If-Match",
                "If-Modified-Since",
                "If-None-Match",
                "Origin",
                "Range",
                "Referer",
                "Request-Timeout",
                "Sec-Fetch-Site",
                "TE",
                "Traceparent",
                "Transfer-Encoding",
                "Upgrade",
                "User-Agent",
                "X-Forwarded-For",
                "X-Forwarded-Host",
                "X-Forwarded-Proto",
                "X-HTTP-Method-Override",
            })
    void answersOddValuesWithoutRepeatingThemInTheLog(String header) {
        String user = connectedUser();
        try (var log = new WrittenLog()) {
            for (String target : TARGETS) {
                String[] line = target.replace("USER", user).split(" ");
                String key = header.equals("Authorization") ? "X: y" : "Authorization: Bearer demo-key";
                String body = line.length == 2 ? "" : line[2];
                String end = header.equals("Content-Length") || header.equals("Transfer-Encoding")
                        ? "Y: z"
                        : "Content-Length: " + body.length() + "\r\n\r\n" + body;
                for (String value : VALUES) {
                    String answer = RawSocket.sendFrom(ELSEWHERE, line[0], line[1], key, header + ": " + value, end);
                    assertTrue(
                            answer.matches("(?s)HTTP/1\\.1 (?:[2-4]\\d\\d|501) .*"),
                            target + " " + header + ": " + value + answer);
                }
            }
            assertFalse(log.text().contains("CANARY"), log.text());
        }
    }
}
