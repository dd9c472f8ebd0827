package dev.meetgate.caller;

import static dev.meetgate.caller.Callers.CLIENT;
import static dev.meetgate.caller.Callers.EXPIRED;
import static dev.meetgate.caller.Callers.PROXY;
import static dev.meetgate.caller.Callers.SERVER;
import static dev.meetgate.caller.Callers.STRANGER;
import static dev.meetgate.caller.TestIssuers.claims;
import static dev.meetgate.caller.TestIssuers.signed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meetgate.LogLines;
import dev.meetgate.RawSocket;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jose4j.jwt.JwtClaims;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Client certificates: in a TLS handshake with MeetGate, and as a proxy tells of them. */
@Tag("thorough")
@QuarkusTest
@TestProfile(Callers.class)
class ClientCertificateTest {

    private static final String STRANGER_ADDRESS = "127.0.0.3";

    @TestHTTPResource(value = "/v1/connections", tls = true)
    URI connections;

    @Test
    void letsACertificateInThatIsInTheSettings() throws Exception {
        assertEquals(200, overTls(CLIENT, null));
    }

    @Test
    void refusesOtherCertificates() throws Exception {
        assertEquals(401, overTls(STRANGER, null));
        assertEquals(401, overTls(EXPIRED, null));
        assertEquals(401, overTls(null, null));
    }

    @Test
    void letsAKeyInWithoutACertificate() throws Exception {
        assertEquals(200, overTls(null, "demo-key"));
        assertEquals(401, overTls(CLIENT, "wrong-key"));
        assertEquals(401, from(PROXY, "Authorization: Basic eDp5", "Client-Cert: " + CLIENT.header()));
    }

    @Test
    void bindsATokenToTheCertificateThatItNames() throws Exception {
        JwtClaims claims = claims("one");
        claims.setClaim("cnf", Map.of("x5t#S256", STRANGER.thumbprint()));
        String token = signed(claims);

        assertEquals(200, overTls(STRANGER, token));
        assertEquals(401, overTls(CLIENT, token));
        assertEquals(401, overTls(null, token));
        assertEquals(200, from(PROXY, "Authorization: Bearer " + token, "Client-Cert: " + STRANGER.header()));
        assertEquals(401, from(PROXY, "Authorization: Bearer " + token, "Client-Cert: " + CLIENT.header()));
        assertEquals(
                401, from(STRANGER_ADDRESS, "Authorization: Bearer " + token, "Client-Cert: " + STRANGER.header()));
    }

    @Test
    void takesACertificateFromATrustedProxy() {
        assertEquals(200, from(PROXY, "Client-Cert: " + CLIENT.header()));
        assertEquals(200, from(PROXY, "Client-Cert: " + CLIENT.escaped()));
    }

    @Test
    void takesACertificateFromNobodyElse() {
        assertEquals(401, from(STRANGER_ADDRESS, "Client-Cert: " + CLIENT.header()));
        assertEquals(401, from(STRANGER_ADDRESS, "Client-Cert: " + CLIENT.header(), "X-Forwarded-For: " + PROXY));
    }

    @Test
    void refusesWrongCertificatesOfATrustedProxy() {
        assertEquals(401, from(PROXY, "X: y"));
        assertEquals(401, from(PROXY, "Client-Cert: " + STRANGER.header()));
        assertEquals(401, from(PROXY, "Client-Cert: " + EXPIRED.header()));
        assertEquals(401, from(PROXY, "Client-Cert: " + CLIENT.header(), "Client-Cert: " + STRANGER.header()));
        for (String nonsense :
                List.of("", "::", ":?:", ":AAAA:", "AAAA", "%", "%zz", "-----BEGIN%20CERTIFICATE-----")) {
            assertEquals(401, from(PROXY, "Client-Cert: " + nonsense), nonsense);
        }
    }

    /** Where the console is open, everybody is an operator. */
    @Test
    void leavesTheConsoleToOperatorsWhateverTheirCertificate() {
        for (TestCertificate certificate : List.of(STRANGER, EXPIRED)) {
            String sent = "Client-Cert: " + certificate.header();
            assertEquals(200, status(PROXY, "/console", sent, "Accept: text/html"));
            assertEquals(200, status(PROXY, "/console/webhooks", sent, "Accept: text/html"));
        }
        assertEquals(401, status(PROXY, "/console", "Authorization: Bearer wrong"));
    }

    @Test
    void countsWrongCredentialsByTheAddressThatTheProxyTells() {
        String guess = "GET /v1/connections HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer guess-%d\r\n"
                + "X-Forwarded-For: %s\r\n\r\n";
        try (var log = new LogLines()) {
            var guesses = new StringBuilder();
            for (int number = 0; number < 110; number++) {
                // Whatever the client itself claims is of no use to it.
                guesses.append(guess.formatted(number, "198.51.100." + number + ", 203.0.113.9, " + PROXY));
            }
            String answers = RawSocket.exchange(PROXY, guesses + closing("203.0.113.10"));

            assertTrue(count(answers, " 429 ") >= 10 && count(answers, " 429 ") < 20, answers);
            assertEquals(0, log.with(PROXY).size());
        }
        // Another client of the same proxy may still make mistakes.
        assertEquals(401, from(PROXY, "Authorization: Bearer guess", "X-Forwarded-For: 203.0.113.11"));
        // A stranger cannot speak for others.
        assertEquals(401, from(STRANGER_ADDRESS, "Authorization: Bearer guess", "X-Forwarded-For: 203.0.113.9"));
    }

    private static String closing(String client) {
        return "GET /v1/connections HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: %s\r\nConnection: close\r\n\r\n"
                .formatted(client);
    }

    private static int count(String text, String part) {
        return text.split(part, -1).length - 1;
    }

    private int overTls(@Nullable TestCertificate certificate, @Nullable String bearer)
            throws IOException, InterruptedException {
        HttpClient client = HttpClient.newBuilder()
                .sslContext(TestCertificate.client(certificate, SERVER))
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        var request = HttpRequest.newBuilder(connections);
        if (bearer != null) {
            request.header("Authorization", "Bearer " + bearer);
        }
        return client.send(request.build(), BodyHandlers.ofString()).statusCode();
    }

    private static int from(String address, String... fields) {
        return status(address, "/v1/connections", fields);
    }

    private static int status(String address, String path, String... fields) {
        var all = new ArrayList<>(List.of("GET " + path + " HTTP/1.1", "Host: localhost", "Connection: close"));
        all.addAll(List.of(fields));
        String answer = RawSocket.exchange(address, String.join("\r\n", all) + "\r\n\r\n");
        return Integer.parseInt(answer.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length()));
    }
}
