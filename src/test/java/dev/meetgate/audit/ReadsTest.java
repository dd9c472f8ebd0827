package dev.meetgate.audit;

import static dev.meetgate.Api.asDemo;
import static dev.meetgate.Api.connectedUser;
import static dev.meetgate.Api.freshUser;
import static dev.meetgate.Api.meetings;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.meetgate.Database;
import dev.meetgate.LogLines;
import dev.meetgate.Sandbox;
import dev.meetgate.secret.Sha256;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ReadsTest.WithReads.class)
@Tag("thorough")
class ReadsTest {

    public static class WithReads implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "meetgate.audit-reads", "true",
                    "meetgate.tenants.demo.keys.reader.sha256", HexFormat.of().formatHex(Sha256.of("reader")),
                    "meetgate.tenants.demo.keys.reader.scopes", "connections:read");
        }
    }

    @Test
    void writesWhatWasRead() {
        Sandbox.reset();
        String user = connectedUser();
        meetings(user).then().statusCode(200);
        asDemo().get("/v1/users/{user}/connection", freshUser()).then().statusCode(404);
        given().get("/v1/users/{user}/connection", user).then().statusCode(401);
        asDemo().get("/v1/nothing").then().statusCode(404);
        asDemo().head("/v1/users/{user}/meetings", user).then().statusCode(200);
        asDemo().urlEncodingEnabled(false)
                .get("/v1/users/%00/connection")
                .then()
                .statusCode(400)
                .body("field", equalTo("user"));

        asDemo().get("/v1/audit?user={user}", user)
                .then()
                .body("items[2].action", equalTo("read"))
                .body("items[2].target", equalTo("/v1/users/{user}/meetings"))
                .body("items[2].actor.name", equalTo("default"))
                .body("items[3].action", equalTo("read"))
                .body("items.size()", equalTo(4));
        List<String> reads = AuditTest.lines().stream()
                .filter(line -> line.contains("\"action\":\"read\""))
                .filter(line -> line.contains("\"outcome\":\"refused\",\"code\":\"not-connected\""))
                .toList();
        assertEquals(1, reads.size());
    }

    @Test
    void tellsWhoWasRefused() {
        String user = freshUser();
        try (var log = new LogLines()) {
            given().header("Authorization", "Bearer reader")
                    .header("X-Request-Id", "refused-1")
                    .get("/v1/users/{user}/meetings", user)
                    .then()
                    .statusCode(403);
            assertEquals(
                    1,
                    log.with("Refused GET /v1/users/{user}/meetings as forbidden: key reader of tenant demo lacks the"
                                    + " scope meetings:read, problem ")
                            .size());
        }
        given().header("Authorization", "Bearer reader")
                .header("X-Request-Id", "refused-2")
                .header("Request-Timeout", "soon")
                .get("/v1/users/{user}/connection", user)
                .then()
                .statusCode(400);

        asDemo().get("/v1/audit?user={user}", user)
                .then()
                .body("items.requestId", equalTo(List.of("refused-1", "refused-2")))
                .body("items.actor.name", equalTo(List.of("reader", "reader")))
                .body("items.code", equalTo(List.of("forbidden", "invalid-request")))
                .body("items.address", equalTo(List.of("127.0.0.1", "127.0.0.1")));
    }

    @Test
    void answersNothingThatHasNoEntry() {
        Sandbox.reset();
        String user = connectedUser();
        Database.update("alter table audit_entry add constraint broken check (action <> 'read') not valid");
        try {
            meetings(user).then().statusCode(503).body("code", equalTo("unavailable"));
        } finally {
            Database.update("alter table audit_entry drop constraint broken");
        }
        meetings(user).then().statusCode(200);
    }
}
