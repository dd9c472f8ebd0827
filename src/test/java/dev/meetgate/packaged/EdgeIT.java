package dev.meetgate.packaged;

import static dev.meetgate.Api.connectedUser;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.meetgate.Sandbox;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.Socket;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Connections that do nothing, and the log in JSON. */
@Tag("thorough")
class EdgeIT {

    private static final int PATIENCE_MILLIS = 20_000;

    private Replica replica;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        Map<String, String> settings = Replica.surroundings();
        settings.put("QUARKUS_HTTP_IDLE_TIMEOUT", "2s");
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
    void writesOneJsonObjectALine() throws IOException {
        String user = connectedUser();
        RestAssured.given()
                .header("Authorization", "Bearer demo-key")
                .delete("/v1/users/{user}/connection", user)
                .then()
                .statusCode(204);

        var json = new ObjectMapper();
        boolean told = false;
        for (String line : replica.log().split("\n")) {
            JsonNode event = json.readTree(line);
            told |= event.path("message").asText().startsWith("Disconnected")
                    && event.at("/mdc/tenant").asText().equals("demo")
                    && event.at("/mdc/user").asText().equals(user);
        }
        assertTrue(told, replica.log());
    }

    private String exchange(String bytes) throws IOException {
        try (var socket = new Socket("localhost", replica.port())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(bytes.getBytes(US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), US_ASCII);
        }
    }
}
