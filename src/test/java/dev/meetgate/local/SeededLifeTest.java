package dev.meetgate.local;

import static dev.meetgate.Api.asDemo;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;

import dev.meetgate.Sandbox;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The life in dev mode. */
@QuarkusTest
class SeededLifeTest {

    @Test
    void hasPeopleOfEachKind() throws Exception {
        Sandbox.reset();
        Sandbox.set("consent", "ASK");
        new SeededLife("http://localhost:" + RestAssured.port, Sandbox.url()).plant();

        is("ben", "CONNECTED", null);
        is("carla", "CONNECTED", null);
        is("dora", "CONNECTED", null);
        is("emil", "RECONNECT_REQUIRED", "REVOKED");
        is("fred", "RECONNECT_REQUIRED", "EXPIRED");
        asDemo().get("/v1/users/ben/meetings").then().body("items.subject", equalTo(List.of("Sprint review")));
        asDemo().get("/v1/users/dora/meetings").then().statusCode(200);
        events("carla", "dev.meetgate.connection.account_changed");
        events("gina", "dev.meetgate.connect_link.denied");
        events("ida", "dev.meetgate.connection.disconnected");
        asDemo().get("/v1/audit?user=ben").then().body("items.action", hasItems("meeting.create", "meeting.delete"));
        asDemo().get("/v1/audit?user=dora").then().body("items.outcome", hasItem("refused"));
    }

    private static void is(String user, String status, @Nullable String reason) {
        asDemo().get("/v1/users/{user}/connection", user)
                .then()
                .body("status", equalTo(status))
                .body("reason", equalTo(reason));
    }

    private static void events(String user, String type) {
        asDemo().get("/v1/events?user={user}", user).then().body("items.type", hasItem(type));
    }
}
