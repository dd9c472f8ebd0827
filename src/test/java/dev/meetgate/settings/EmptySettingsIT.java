package dev.meetgate.settings;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meetgate.packaged.Replica;
import io.restassured.RestAssured;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The ports are a replica's own: {@link SettingsSourceTest} has them empty. */
class EmptySettingsIT {

    @Test
    void startsWithAllThatMayBeEmpty() throws Exception {
        Map<String, String> settings = Replica.surroundings();
        var empty = new TreeSet<String>();
        for (String name : DocumentedSettings.names()) {
            boolean surrounds =
                    DocumentedSettings.REQUIRED.containsKey(name) || name.contains("_DATASOURCE_REACTIVE_URL");
            if (!surrounds && DocumentedSettings.mistakes(name, "").isEmpty()) {
                empty.add(name);
            }
        }
        assertTrue(empty.contains("MEETGATE_SCHEMA") && empty.contains("QUARKUS_LOG_LEVEL"), empty::toString);
        empty.removeIf(EmptySettingsIT::isNeededHere);
        empty.forEach(name -> settings.put(name, ""));

        try (Replica replica = Replica.start(settings)) {
            RestAssured.given()
                    .port(replica.port())
                    .header("Authorization", "Bearer demo-key")
                    .get("/v1/connections")
                    .then()
                    .statusCode(200);
            assertFalse(replica.log().contains("WARN"), replica.log());
        }
    }

    /** Without it, the replica would find no database, call the real GoTo, or not be left undisturbed. */
    private static boolean isNeededHere(String name) {
        return name.matches("QUARKUS_DATASOURCE_(USERNAME|PASSWORD)(_FILE)?|GOTO_.+_URL|MEETGATE_UPKEEP_INTERVAL");
    }
}
