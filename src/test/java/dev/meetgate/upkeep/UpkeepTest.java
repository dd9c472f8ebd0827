package dev.meetgate.upkeep;

import static dev.meetgate.Api.asDemo;
import static dev.meetgate.Api.connectLink;
import static dev.meetgate.Api.connectedUser;
import static dev.meetgate.Api.createdMeeting;
import static dev.meetgate.Api.generation;
import static dev.meetgate.Api.local;
import static dev.meetgate.Api.meetings;
import static dev.meetgate.Api.planning;
import static dev.meetgate.Api.walk;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.meetgate.Api;
import dev.meetgate.Await;
import dev.meetgate.Browser;
import dev.meetgate.Database;
import dev.meetgate.Sandbox;
import io.quarkus.test.junit.DisabledOnIntegrationTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
class UpkeepTest {

    private static final String REFRESH = "refresh_token";

    /** Begins before the others, and throws at once. */
    @Singleton
    @Priority(Chore.QUICK + 1)
    static class Broken implements Chore {

        private static volatile boolean throwing;

        @Override
        public Uni<Boolean> run(BooleanSupplier mayGoOn) {
            if (throwing) {
                throw new IllegalStateException("broken");
            }
            return Uni.createFrom().item(true);
        }
    }

    @BeforeEach
    void reset() {
        Sandbox.reset();
        Database.update("delete from connection");
        Database.update("delete from revocation");
    }

    @Test
    void refreshesOnlyConnectionsThatAreIdleForAWeek() {
        String idle = connectedUser();
        String used = connectedUser();
        makeIdle(idle);

        upkeep().body("finished", equalTo(true));

        assertEquals(2, generation(idle));
        assertEquals(1, generation(used));
        upkeep();
        assertEquals(1, Sandbox.tokenRequests(REFRESH));
    }

    @Tag("thorough")
    @Test
    void refreshesAllIdleConnectionsInBatches() {
        List<String> users = Stream.generate(Api::connectedUser).limit(60).toList();
        users.forEach(UpkeepTest::makeIdle);

        upkeep().body("finished", equalTo(true));

        assertEquals(60, Sandbox.tokenRequests(REFRESH));
    }

    @Test
    void refreshesLaterWhenGoToIsDown() {
        String user = connectedUser();
        makeIdle(user);
        Sandbox.fault("token", "STATUS", Map.of("status", 401, "body", Map.of("error", "invalid_client")));

        upkeep().body("finished", equalTo(false));
        asDemo().get("/v1/users/{user}/connection", user).then().body("status", equalTo("CONNECTED"));

        upkeep().body("finished", equalTo(true));
        assertEquals(2, generation(user));
    }

    @Test
    @Tag("thorough")
    void refreshesTheRestAfterAnOutageOfTheTokenEndpoint() {
        String user = connectedUser();
        String idle = connectedUser();
        Sandbox.expireAccessTokens();
        Sandbox.faults("token", "RESET", Map.of());
        for (int call = 0; call < 20; call++) {
            meetings(user).then().statusCode(503);
        }

        upkeep().body("finished", equalTo(true));
        makeIdle(idle);
        upkeep().body("finished", equalTo(false));

        Sandbox.clearFaults();
        Await.until(() -> meetings(user).statusCode() == 200);
        Await.until(() -> upkeep().extract().path("finished"));
        assertEquals(2, generation(idle));
    }

    @Test
    void noticesARevokedGrant() {
        String user = connectedUser();
        makeIdle(user);
        Sandbox.revokeGrants();

        upkeep().body("finished", equalTo(true));

        asDemo().get("/v1/users/{user}/connection", user)
                .then()
                .body("status", equalTo("RECONNECT_REQUIRED"))
                .body("reason", equalTo("REVOKED"));
    }

    @Test
    void repeatsAFailedRevocation() {
        String user = connectedUser();
        Sandbox.fault("revoke", "STATUS", Map.of("status", 503, "retryAfter", "1"));
        asDemo().delete("/v1/users/{user}/connection", user).then().statusCode(204);
        assertEquals(List.of(true), Sandbox.grantsAlive());

        upkeep();
        assertEquals(List.of(true), Sandbox.grantsAlive());

        Database.update("update revocation set next_attempt_at = now()");
        upkeep();
        assertEquals(List.of(false), Sandbox.grantsAlive());
        assertEquals(0, Database.update("delete from revocation"));
    }

    /** Its time belongs to the other chores, too. */
    @Test
    @Tag("thorough")
    void triesNoMoreRevocationsWhileGoToIsSilent() {
        Sandbox.fault("revoke", "STATUS", Map.of("status", 503, "times", 3));
        for (int number = 0; number < 3; number++) {
            asDemo().delete("/v1/users/{user}/connection", connectedUser())
                    .then()
                    .statusCode(204);
        }
        Database.update("update revocation set next_attempt_at = now()");
        Sandbox.fault("revoke", "SLOW", Map.of("delayMillis", 10_000, "times", 3));

        upkeep();

        assertEquals(3 + 1, Sandbox.requests("revoke"));
        assertEquals(3, Database.update("delete from revocation"));
    }

    @Test
    void givesUpARevocationAfterAWeek() {
        String user = connectedUser();
        Sandbox.fault("revoke", "STATUS", Map.of("status", 503));
        asDemo().delete("/v1/users/{user}/connection", user).then().statusCode(204);
        Database.update("update revocation set created_at = now() - interval '8 days'");

        upkeep();

        assertEquals(0, Database.update("delete from revocation"));
        assertEquals(1, Sandbox.requests("revoke"));
    }

    @Test
    void givesUpNoRevocationThatNobodyTried() {
        String user = connectedUser();
        Sandbox.fault("revoke", "STATUS", Map.of("status", 503, "times", 2));
        asDemo().delete("/v1/users/{user}/connection", user).then().statusCode(204);
        Database.update("update revocation set created_at = now() - interval '8 days',"
                + " next_attempt_at = now() - interval '7 days'");

        upkeep();

        assertEquals(2, Sandbox.requests("revoke"));
        assertEquals(1, Database.update("delete from revocation"));
    }

    @Test
    void triesADueRevocationBeforeItGivesUp() {
        String user = connectedUser();
        Sandbox.fault("revoke", "STATUS", Map.of("status", 503));
        asDemo().delete("/v1/users/{user}/connection", user).then().statusCode(204);
        Database.update("update revocation set created_at = now() - interval '8 days', next_attempt_at = now()");

        upkeep();

        assertEquals(List.of(false), Sandbox.grantsAlive());
    }

    @Test
    void deletesExpiredRows() {
        String user = connectedUser();
        asDemo().header("Idempotency-Key", "once")
                .body(planning())
                .post("/v1/users/{user}/meetings", user)
                .then()
                .statusCode(201);
        new Browser().submit(local(connectLink(user)));
        connectLink(user);
        var tables = List.of("connect_link", "authorization_request", "idempotency_key", "known_meeting");
        for (String table : tables) {
            assertNotEquals(
                    0, Database.update("update " + table + " set expires_at = now() - interval '25 hours'"), table);
        }
        connectLink(user);

        upkeep().body("finished", equalTo(true));

        assertEquals(1, Database.count("connect_link"));
        tables.forEach(table -> assertEquals(0, Database.count(table + " where expires_at < now()"), table));
    }

    @Test
    void deletesOtherTablesWhenOneFails() {
        String user = connectedUser();
        createdMeeting(user);
        connectLink(user);
        Database.update("update connect_link set expires_at = now() - interval '25 hours' where user_id = ?", user);
        Database.update("update known_meeting set expires_at = now() - interval '1 second'");
        Database.update(
                "create function refuse() returns trigger language plpgsql as 'begin raise exception ''no''; end'");
        Database.update("create trigger refuse before delete on connect_link for each row execute function refuse()");
        try {
            upkeep().body("finished", equalTo(false));
        } finally {
            Database.update("drop function refuse cascade");
        }

        assertEquals(0, Database.count("known_meeting where expires_at < now()"));
        upkeep().body("finished", equalTo(true));
        assertEquals(0, Database.count("connect_link where user_id = '%s'".formatted(user)));
    }

    @Test
    @DisabledOnIntegrationTest("needs a chore of the test")
    void runsTheOtherChoresWhenOneThrows() {
        String idle = connectedUser();
        makeIdle(idle);
        Broken.throwing = true;
        try {
            upkeep().body("finished", equalTo(false));
        } finally {
            Broken.throwing = false;
        }

        assertEquals(2, generation(idle));
    }

    @Test
    void skipsTheRevocationAfterAReconnect() {
        String user = connectedUser();
        Sandbox.fault("revoke", "STATUS", Map.of("status", 503));
        asDemo().delete("/v1/users/{user}/connection", user).then().statusCode(204);
        walk(new Browser(), connectLink(user));
        Database.update("update revocation set next_attempt_at = now()");

        upkeep().body("finished", equalTo(true));

        assertEquals(1, Sandbox.requests("revoke"));
    }

    @Test
    void refreshesTheOthersWhenOneFails() {
        String first = connectedUser();
        String second = connectedUser();
        makeIdle(first);
        makeIdle(second);
        Database.update("update connection set sealed_access_token = sealed_refresh_token where user_id = ?", first);

        upkeep().body("finished", equalTo(false));

        assertEquals(2, generation(second));
        Database.update("delete from connection where user_id = ?", first);
    }

    @Test
    void requiresACredential() {
        RestAssured.given().post("/v1/upkeep").then().statusCode(401);
    }

    private static ValidatableResponse upkeep() {
        return asDemo().post("/v1/upkeep").then().statusCode(200);
    }

    private static void makeIdle(String user) {
        Database.update("update connection set refreshed_at = now() - interval '8 days' where user_id = ?", user);
    }
}
