package dev.meetgate.packaged;

import static dev.meetgate.Api.asDemo;
import static dev.meetgate.Api.connectedUser;
import static dev.meetgate.Api.generation;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.meetgate.Database;
import dev.meetgate.Sandbox;
import io.restassured.RestAssured;
import java.util.Collections;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * Runs two replicas behind PgBouncer in transaction mode, if PgBouncer is installed. The first one migrates.
 */
@Tag("thorough")
@EnabledIf("dev.meetgate.packaged.PgBouncer#isInstalled")
class PgBouncerIT {

    private static final int ROUNDS = 5;
    private static final int CALLS = 64;

    @Test
    void worksBehindPgBouncer() throws Exception {
        Sandbox.reset();
        var settings = Replica.surroundings();
        try (var pooler = PgBouncer.of(Database.create("pooled"))) {
            settings.putAll(pooler.settings());
            try (Replica one = Replica.start(settings);
                    Replica two = Replica.start(settings)) {
                RestAssured.port = one.port();
                String user = connectedUser();
                for (int round = 1; round <= ROUNDS; round++) {
                    Sandbox.expireAccessTokens();
                    assertEquals(Collections.nCopies(CALLS, 200), Replica.listMeetings(user, CALLS, one, two));
                    assertEquals(round, Sandbox.tokenRequests("refresh_token"));
                    assertEquals(round + 1, generation(user));
                }
                asDemo().post("/v1/upkeep").then().statusCode(200).body("finished", equalTo(true));
                asDemo().get("/v1/connections").then().statusCode(200);
                asDemo().delete("/v1/users/{user}/connection", user).then().statusCode(204);
                assertEquals(0, Sandbox.reuses());
            }
        }
    }
}
