package dev.meetgate.packaged;

import static dev.meetgate.Api.asDemo;
import static dev.meetgate.Api.connectLink;
import static dev.meetgate.Api.connectedUser;
import static dev.meetgate.Api.freshUser;
import static dev.meetgate.Api.local;
import static dev.meetgate.Api.meetings;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meetgate.Api;
import dev.meetgate.Browser;
import dev.meetgate.Database;
import dev.meetgate.Sandbox;
import io.restassured.RestAssured;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Replaces the sealing key of replicas with a database of their own. */
@Tag("thorough")
class KeyRotationIT {

    private static final String NEW_KEY = "new:UcQs8Sk+9Hq0yQ3x1yW0Zl5m2v7t8b4n6c1d3f5g7h8=";
    private static final int MORE_THAN_A_BATCH = 120;
    private static final String MAY_GO = "Nothing is sealed with key local any more";

    private static Map<String, String> settings;

    @BeforeAll
    static void makeDatabase() {
        settings = Replica.surroundings();
        settings.put("QUARKUS_DATASOURCE_REACTIVE_URL", Database.create("key_rotation"));
    }

    @Test
    void resealsEverythingAndReportsWhenTheOldKeyMayGo() throws Exception {
        Sandbox.reset();
        String oldKey = settings.get("MEETGATE_KEYS");
        List<String> users;
        try (Replica before = start(oldKey)) {
            RestAssured.port = before.port();
            users = Stream.generate(Api::connectedUser).limit(MORE_THAN_A_BATCH).toList();
            new Browser().submit(local(connectLink(freshUser())));
            String gone = connectedUser("sam.lee@example.com");
            Sandbox.fault("revoke", "STATUS", Map.of("status", 503));
            asDemo().delete("/v1/users/{user}/connection", gone).then().statusCode(204);
        }
        try (Replica during = start(NEW_KEY + "," + oldKey)) {
            RestAssured.port = during.port();
            meetings(users.get(0)).then().statusCode(200);
            change("update revocation set next_attempt_at = now() + interval '1 hour'");
            upkeep();
            assertEquals(0, sealedWith("connection", "local"));
            assertEquals(MORE_THAN_A_BATCH, sealedWith("connection", "new"));
            assertTrue(during.log().contains("120 connections are still sealed with key local"));
            assertEquals(0, sealedWith("revocation", "local"));
            assertEquals(1, sealedWith("revocation", "new"));
            change("delete from authorization_request where sealed_code_verifier is null");
            assertEquals(1, sealedWith("authorization_request", "local"));
            upkeep();
            assertFalse(during.log().contains(MAY_GO), "before the last attempt");
            assertEquals(0, rotations(""));
            change("delete from authorization_request");
            upkeep();
            assertTrue(during.log().contains(MAY_GO), during.log());
            upkeep();
            assertEquals(1, rotations(" and target = 'local' and tenant = 'demo'"));
            assertEquals(1, rotations(" and target = 'local' and tenant = 'other'"));
        }
        try (Replica after = start(NEW_KEY)) {
            RestAssured.port = after.port();
            change("update revocation set next_attempt_at = now()");
            upkeep();
            assertEquals(1, Collections.frequency(Sandbox.grantsAlive(), false));
            for (String user : users) {
                meetings(user).then().statusCode(200);
            }
            Sandbox.expireAccessTokens();
            meetings(users.get(1)).then().statusCode(200);
            assertFalse(after.log().contains("ERROR"), after.log());
        }
        try (Replica tooEarly = start(oldKey)) {
            RestAssured.port = tooEarly.port();
            meetings(users.get(0)).then().statusCode(503).body("code", equalTo("unavailable"));
            upkeep();
            assertTrue(
                    tooEarly.log().contains("sealed with key new, which is missing in MEETGATE_KEYS"), tooEarly.log());
        }
    }

    @Test
    void refusesToStartWithAnotherKeyOfTheSameName() throws Exception {
        var own = Replica.surroundings();
        own.put("QUARKUS_DATASOURCE_REACTIVE_URL", Database.create("key_check"));
        Replica.start(own).close();
        String wrong = NEW_KEY.replaceFirst("new", "local");

        for (String keys : List.of(wrong, NEW_KEY + "," + wrong)) {
            own.put("MEETGATE_KEYS", keys);
            try (Replica mistaken = Replica.launch(own)) {
                assertEquals(1, mistaken.exitCode());
                assertTrue(mistaken.log().contains("another key with the id local"), mistaken.log());
            }
        }
        assertEquals(
                1, Database.number(own.get("QUARKUS_DATASOURCE_REACTIVE_URL"), "select count(*) from sealing_key"));
    }

    private static long rotations(String which) {
        return Database.number(
                settings.get("QUARKUS_DATASOURCE_REACTIVE_URL"),
                "select count(*) from audit_entry where action = 'keys.rotate'" + which);
    }

    private static Replica start(String keys) throws Exception {
        settings.put("MEETGATE_KEYS", keys);
        return Replica.start(settings);
    }

    private static void upkeep() {
        asDemo().post("/v1/upkeep").then().statusCode(200).body("finished", equalTo(true));
    }

    private static long sealedWith(String table, String key) {
        return Database.number(
                settings.get("QUARKUS_DATASOURCE_REACTIVE_URL"),
                "select count(*) from %s where sealed_with = '%s'".formatted(table, key));
    }

    private static void change(String statement) {
        Database.execute(settings.get("QUARKUS_DATASOURCE_REACTIVE_URL"), statement);
    }
}
