package dev.meetgate.settings;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meetgate.packaged.Replica;
import io.restassured.RestAssured;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

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
        empty.removeIf(name -> name.contains("DATASOURCE_USERNAME") || name.contains("DATASOURCE_PASSWORD"));
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
}
