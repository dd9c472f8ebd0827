package dev.meetgate.packaged;

import static dev.meetgate.Api.connectedUser;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.meetgate.Await;
import dev.meetgate.Sandbox;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The bounds on connections, and the log in JSON. */
@Tag("thorough")
class EdgeIT {

    private static final int PATIENCE_MILLIS = 20_000;
    private static final int MOST_CONNECTIONS = 50;

    private Replica replica;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        Map<String, String> settings = Replica.surroundings();
        settings.put("QUARKUS_HTTP_IDLE_TIMEOUT", "2s");
        settings.put("QUARKUS_HTTP_LIMITS_MAX_CONNECTIONS", String.valueOf(MOST_CONNECTIONS));
        settings.put("MEETGATE_LOG_FORMAT", "json");
        replica = Replica.start(settings);
        RestAssured.port = replica.port();
        Sandbox.reset();
    }

    @AfterEach
    void stop() {
        replica.close();
    }

    @Test
    void closesAnIdleConnection() throws IOException {
        assertEquals("", exchange(""));
        assertEquals("", exchange("GET /connec"));
        assertEquals("", exchange("GET / HTTP/1.1\r\nHost: loc"));
    }

    @Test
    void closesConnectionsBeyondItsBoundAndServesOthersAfterwards() throws IOException {
        var held = new ArrayList<Socket>();
        try {
            for (int i = 0; i < 2 * MOST_CONNECTIONS; i++) {
                held.add(new Socket("localhost", replica.port()));
            }
            assertFalse(isServed());
        } finally {
            for (Socket socket : held) {
                socket.close();
            }
        }
        Await.until(this::isServed);
    }

    @Test
    void writesOneJsonObjectALine() throws IOException {
        String user = connectedUser();
        RestAssured.given()
                .header("Authorization", "Bearer demo-key")
                .delete("/v1/users/{user}/connection", user)
                .then()
                .statusCode(204);

        var json = new ObjectMapper();
        boolean told = false;
        String log = replica.log();
        // Without a last line that is being written.
        for (String line : log.substring(0, log.lastIndexOf('\n')).split("\n")) {
            JsonNode event = json.readTree(line);
            told |= event.path("message").asText().startsWith("Disconnected")
                    && event.at("/mdc/tenant").asText().equals("demo")
                    && event.at("/mdc/user").asText().equals(user);
        }
        assertTrue(told, log);
    }

    private boolean isServed() {
        try {
            return exchange("GET /connected HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                    .startsWith("HTTP/1.1 ");
        } catch (IOException reset) {
            return false;
        }
    }

    private String exchange(String bytes) throws IOException {
        try (var socket = new Socket("localhost", replica.port())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(bytes.getBytes(US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), US_ASCII);
        }
    }
}
