package dev.meetgate.packaged;

import static dev.meetgate.Api.connectLink;
import static dev.meetgate.Api.freshUser;
import static dev.meetgate.Api.walk;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meetgate.Browser;
import dev.meetgate.local.LocalSurroundings;
import dev.meetgate.sandbox.SandboxClient;
import dev.meetgate.sandbox.SandboxGoTo;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the settings of a process say is what arrives, or the process says why not. */
class SettingsIT {

    @Test
    void sendsIdAndSecretOfTheClientAsTheyAre(@TempDir Path folder) throws Exception {
        var client = new SandboxClient(
                "a$$b${HOME}\\$",
                " $$ ${HOME} ${NO_SUCH}\\$,'\" ",
                List.of(LocalSurroundings.PUBLIC_URL + "/callback"));
        try (SandboxGoTo goTo = SandboxGoTo.start(client, 0)) {
            allowConsent(goTo);
            Map<String, String> settings = Replica.surroundings();
            settings.replaceAll((name, value) -> name.startsWith("GOTO_") && value.startsWith("http")
                    ? value.replaceFirst("http://[^/]+", goTo.url().toString())
                    : value);
            settings.put("GOTO_CLIENT_ID", client.id());
            settings.remove("GOTO_CLIENT_SECRET");
            settings.put(
                    "GOTO_CLIENT_SECRET_FILE",
                    Files.writeString(folder.resolve("secret"), client.secret() + "\n")
                            .toString());
            try (Replica replica = Replica.start(settings)) {
                assertConnects(replica);
            }
            settings.remove("GOTO_CLIENT_SECRET_FILE");
            settings.put("GOTO_CLIENT_SECRET", client.secret());
            try (Replica replica = Replica.start(settings)) {
                assertConnects(replica);
            }
        }
    }

    @Test
    void reportsUnknownNamesAndUnreadableBytes() throws Exception {
        Map<String, String> settings = Replica.surroundings();
        settings.put("GOTO_SCOPE", "collab:");
        settings.put("MEETGATE_TENANTS_DEMO_RETURN_URL", "https://app.example.com/");
        settings.put("LC_ALL", "POSIX");
        var command = new ArrayList<>(List.of("sh", "-c", "GOTO_CLIENT_SECRET=$(printf 'caf\\351') exec \"$@\"", "sh"));
        command.addAll(Replica.command());

        try (Replica replica = Replica.launch(command, settings)) {
            assertEquals(1, replica.exitCode());
            String log = replica.log();
            assertTrue(log.contains("GOTO_SCOPE is unknown. Did you mean GOTO_SCOPES?"), log);
            assertTrue(log.contains("Did you mean MEETGATE_TENANTS_DEMO_RETURN_URLS?"), log);
            assertTrue(log.contains("GOTO_CLIENT_SECRET has characters that this process cannot read"), log);
            assertFalse(log.contains("caf"), log);
        }
    }

    /** Vert.x would let API and metrics take turns at the connections. */
    @Test
    void refusesOnePortForTheApiAndTheMetrics() throws Exception {
        List<String> command = Replica.command();
        command.addAll(1, List.of("-Dquarkus.http.port=27999", "-Dquarkus.management.port=27999"));

        try (Replica replica = Replica.launch(command, Replica.surroundings())) {
            assertEquals(1, replica.exitCode());
            assertTrue(
                    replica.log().contains("QUARKUS_MANAGEMENT_PORT is wrong. Set it to another port than 27999"),
                    replica.log());
        }
    }

    @Test
    void warnsOfAProxyWithoutAPort() throws Exception {
        Map<String, String> settings = Replica.surroundings();
        settings.put("HTTPS_PROXY", "foo");

        try (Replica replica = Replica.start(settings)) {
            assertTrue(replica.log().contains("HTTPS_PROXY has no port, so MeetGate uses port 80"), replica.log());
        }
    }

    private static void allowConsent(SandboxGoTo goTo) {
        given().baseUri(goTo.url().toString())
                .contentType(ContentType.JSON)
                .body(Map.of("consent", "ALLOW"))
                .patch("/control/behaviour")
                .then()
                .statusCode(200);
    }

    private static void assertConnects(Replica replica) {
        RestAssured.port = replica.port();
        String end = walk(new Browser(), connectLink(freshUser()));
        assertTrue(end.contains("status=connected"), end);
    }
}
