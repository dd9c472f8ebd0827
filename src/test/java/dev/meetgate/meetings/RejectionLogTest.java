package dev.meetgate.meetings;

import static dev.meetgate.Api.asDemo;
import static dev.meetgate.Api.connectedUser;
import static dev.meetgate.Api.planning;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meetgate.Sandbox;
import dev.meetgate.WrittenLog;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RejectionLogTest {

    @Test
    void findsTheProblemInTheLog() {
        Sandbox.reset();
        String user = connectedUser();
        var body = Map.of("errorCode", "RequestValidationError", "description", "starttime canary");
        Sandbox.fault("api", "STATUS", Map.of("status", 400, "body", body));

        try (var log = new WrittenLog()) {
            String instance = asDemo().body(planning())
                    .post("/v1/users/{user}/meetings", user)
                    .then()
                    .statusCode(422)
                    .extract()
                    .path("instance");

            String text = log.text();
            for (String part : new String[] {instance, "tenant", "demo", user, "400", "RequestValidationError"}) {
                assertTrue(text.contains(part), text);
            }
            assertFalse(text.contains("canary"), text);
        }
    }
}
