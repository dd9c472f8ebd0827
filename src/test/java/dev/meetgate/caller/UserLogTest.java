package dev.meetgate.caller;

import static dev.meetgate.Api.asDemo;
import static dev.meetgate.Api.connectLink;
import static dev.meetgate.Api.connectedUser;
import static dev.meetgate.Api.freshUser;
import static dev.meetgate.Api.meetings;
import static dev.meetgate.Api.walk;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.meetgate.Browser;
import dev.meetgate.Database;
import dev.meetgate.LogLines;
import dev.meetgate.Sandbox;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class UserLogTest {

    @BeforeEach
    void reset() {
        Sandbox.reset();
    }

    @Test
    void tellsTheStoryOfAUserInTheLog() {
        try (var log = new LogLines()) {
            String user = connectedUser();
            Sandbox.fault("api", "STATUS", Map.of("status", 403));
            String instance = meetings(user).then().statusCode(403).extract().path("instance");
            asDemo().delete("/v1/users/{user}/connection", user).then().statusCode(204);

            String name = "tenant demo, user " + user;
            assertEquals(
                    List.of(
                            "Connected: " + name,
                            "Refused GET /v1/users/{user}/meetings as forbidden-by-goto (status 403), problem "
                                    + instance + ": " + name,
                            "Disconnected: " + name),
                    log.with(name));
        }
    }

    @Test
    void writesOneLineWhateverTheUserIsCalled() {
        try (var log = new LogLines()) {
            walk(new Browser(), connectLink("eve\u2028\u202e2026 ERROR"));

            assertEquals(1, log.with("user eve??2026 ERROR").size());
        }
    }

    @Test
    void doesNotTellADisconnectWithoutAConnection() {
        try (var log = new LogLines()) {
            String user = freshUser();
            connectLink(user);
            asDemo().delete("/v1/users/{user}/connection", user).then().statusCode(204);
            assertEquals(List.of(), log.with("user " + user));

            walk(new Browser(), connectLink(user));
            asDemo().delete("/v1/users/{user}/connection", user).then().statusCode(204);
            asDemo().delete("/v1/users/{user}/connection", user).then().statusCode(204);
            String name = "tenant demo, user " + user;
            assertEquals(List.of("Connected: " + name, "Disconnected: " + name), log.with(name));
        }
    }

    @Test
    void tellsTheDisconnectOfAConnectionWithNothingToRevoke() {
        try (var log = new LogLines()) {
            String user = connectedUser();
            Database.update("update connection set sealed_refresh_token = null where user_id = ?", user);
            asDemo().delete("/v1/users/{user}/connection", user).then().statusCode(204);

            assertEquals(1, log.with("Disconnected: tenant demo, user " + user).size());
        }
    }
}
