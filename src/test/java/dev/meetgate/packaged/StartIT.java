package dev.meetgate.packaged;

import static java.lang.Integer.parseInt;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.meetgate.Database;
import io.restassured.RestAssured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The start of a process: its settings, its log, its files and its ports. */
class StartIT {

    private static final Pattern OWN_MEMORY = Pattern.compile("Anonymous: +(\\d+) kB");

    /** The size of a mapping and its part in memory, in kilobytes. */
    private static final Pattern CODE_OF_THE_BINARY =
            Pattern.compile(" r-xp .*-runner\\RSize: +(\\d+) kB\\R(?:.*\\R){2}Rss: +(\\d+) kB");

    @Test
    void reportsAllMistakesInTheSettingsAndExits() throws Exception {
        try (Replica replica =
                Replica.launch(Map.of("MEETGATE_KEYS", "k1:c2hvcnQ=", "MEETGATE_PUBLIC_URL", "ftp://x"))) {
            assertEquals(1, replica.exitCode());

            String log = replica.log();
            for (String name : new String[] {
                "GOTO_CLIENT_ID is missing",
                "GOTO_CLIENT_SECRET is missing",
                "MEETGATE_PUBLIC_URL is wrong",
                "MEETGATE_KEYS is wrong",
                "MEETGATE_TENANTS_<NAME>_API_KEY_SHA256 is missing",
                "DATABASE_URL is missing",
            }) {
                assertTrue(log.contains(name), log);
            }
            assertFalse(log.contains("c2hvcnQ="), log);
            assertFalse(log.contains("Exception"), log);
        }
    }

    @Test
    void logsOnlyThatItStarted() throws Exception {
        try (Replica replica = Replica.start(Replica.surroundings())) {
            String log = replica.log();

            assertTrue(
                    log.lines()
                            .filter(line -> line.matches(".* (INFO|WARN|ERROR) .*"))
                            // Vert.x warns of a slow machine.
                            .filter(line -> !line.contains("BlockedThreadChecker]"))
                            .allMatch(line -> line.contains("[io.quarkus]")),
                    log);
        }
    }

    /** Without the recorded order of code it would be two thirds: see {@code CodeOrder}. */
    @Tag("thorough")
    @Test
    void loadsLittleOfTheBinarysCode() throws Exception {
        try (Replica replica = Replica.start(Replica.surroundings())) {
            List<MatchResult> code = CODE_OF_THE_BINARY
                    .matcher(ofBinary(replica, "smaps"))
                    .results()
                    .toList();

            int size = code.stream()
                    .mapToInt(mapping -> parseInt(mapping.group(1)))
                    .sum();
            int resident = code.stream()
                    .mapToInt(mapping -> parseInt(mapping.group(2)))
                    .sum();
            assertTrue(resident < size / 3, resident + " kB of " + size);
        }
    }

    /** Looking for a file of each message of the pages would take twice as much. */
    @Tag("thorough")
    @Test
    void allocatesLittle() throws Exception {
        try (Replica replica = Replica.start(Replica.surroundings())) {
            Matcher memory = OWN_MEMORY.matcher(ofBinary(replica, "smaps_rollup"));
            assertTrue(memory.find());
            assertTrue(parseInt(memory.group(1)) < 32_000, memory.group());
        }
    }

    /** Otherwise it would read some three hundred: see {@code LazyPages}. */
    @Tag("thorough")
    @Test
    void readsNothingOfThePages() throws Exception {
        String traced = "-Dquarkus.log.category.\"io.quarkus.qute.Parser\".level=TRACE";
        try (Replica replica = Replica.start(Replica.surroundings(), traced)) {
            assumeBinary(replica);
            assertEquals(0, templatesRead(replica));

            publicStatus(replica, "/connect/unknown");
            assertTrue(templatesRead(replica) > 0, "no page reads its template");
        }
    }

    private static long templatesRead(Replica replica) throws IOException {
        return replica.log()
                .lines()
                .filter(line -> line.contains("Parsing finished"))
                .count();
    }

    private static void assumeBinary(Replica replica) {
        assumeTrue(replica.process().info().command().orElse("").endsWith("-runner"), "this is no native binary");
    }

    private static String ofBinary(Replica replica, String file) throws IOException {
        assumeBinary(replica);
        Path facts = Path.of("/proc/%d/%s".formatted(replica.process().pid(), file));
        assumeTrue(Files.exists(facts), "this is no Linux");
        return Files.readString(facts);
    }

    @Test
    void startsWithADatabaseUrlAndForeignVariables() throws Exception {
        Map<String, String> settings = Replica.surroundings();
        String url = settings.remove("QUARKUS_DATASOURCE_REACTIVE_URL");
        settings.remove("QUARKUS_DATASOURCE_USERNAME");
        settings.remove("QUARKUS_DATASOURCE_PASSWORD");
        settings.put("DATABASE_URL", url.replace("postgresql://", "postgres://postgres:postgres@"));
        // Kubernetes sets these for a service named meetgate.
        settings.put("MEETGATE_SERVICE_HOST", "10.0.0.1");
        settings.put("MEETGATE_PORT", "tcp://10.0.0.1:80");
        settings.put(
                "MEETGATE_TENANTS_BIG_CORP_API_KEY_SHA256",
                "f8c02ccead66f5dfc07c5efdc88f700aaa3933fa54e40b1da6e8fac41688c783");

        try (Replica replica = Replica.start(settings)) {
            RestAssured.given()
                    .port(replica.port())
                    .header("Authorization", "Bearer big-corp-key")
                    .get("/v1/connections")
                    .then()
                    .statusCode(200);
        }
    }

    @Tag("thorough")
    @Test
    void refusesAnOldSchemaWhenMigrationIsOff() throws Exception {
        Map<String, String> settings = Replica.surroundings();
        settings.put("QUARKUS_DATASOURCE_REACTIVE_URL", Database.create("empty"));
        settings.put("MEETGATE_MIGRATE", "false");

        try (Replica replica = Replica.launch(settings)) {
            assertEquals(1, replica.exitCode());
            assertTrue(
                    replica.log().matches("(?s).*older than version \\d+, and MEETGATE_MIGRATE is false.*"),
                    replica.log());
        }
        settings.put("MEETGATE_MIGRATE", "true");
        try (Replica replica = Replica.start(settings)) {
            assertEquals(200, replica.managementStatus("/q/health/ready"));
        }
    }

    @Tag("thorough")
    @Test
    void givesUpAMigrationThatWaitsForALock() throws Exception {
        Map<String, String> settings = Replica.surroundings();
        String database = Database.create("locked");
        settings.put("QUARKUS_DATASOURCE_REACTIVE_URL", database);
        Replica.start(settings).close();
        Database.execute(database, "delete from meetgate_history where version::int >= 7");

        try (var backup = Database.begin(database, "lock table revocation in access share mode");
                Replica replica = Replica.launch(settings)) {
            assertEquals(1, replica.exitCode());
            assertTrue(replica.log().contains("lock timeout"), replica.log());
            backup.rollback();
        }
    }

    @Tag("thorough")
    @Test
    void writesNothingToTheDisk(@TempDir Path temporary) throws Exception {
        FileTime before = Files.getLastModifiedTime(temporary);
        try (Replica replica = Replica.start(Replica.surroundings(), "-Djava.io.tmpdir=" + temporary)) {
            RestAssured.given()
                    .port(replica.port())
                    .get("/meetgate.css")
                    .then()
                    .statusCode(200)
                    .contentType("text/css");
            RestAssured.given()
                    .port(replica.port())
                    .head("/meetgate.css")
                    .then()
                    .statusCode(200);
            try (Stream<Path> written = Files.list(temporary)) {
                assertEquals(List.of(), written.toList());
            }
            assertEquals(before, Files.getLastModifiedTime(temporary), "something was there meanwhile");
        }
    }

    @Test
    void reportsAnUnreachableDatabase() throws Exception {
        Map<String, String> settings = Replica.surroundings();
        settings.put("QUARKUS_DATASOURCE_REACTIVE_URL", "postgresql://localhost:" + Replica.freePort() + "/meetgate");

        try (Replica replica = Replica.launch(settings)) {
            assertEquals(1, replica.exitCode());
            assertTrue(
                    replica.log().contains("MeetGate does not start: the database cannot be reached"), replica.log());
        }
    }

    @Tag("thorough")
    @Test
    void migratesOnceForConcurrentStarts() throws Exception {
        Map<String, String> settings = Replica.surroundings();
        settings.put("QUARKUS_DATASOURCE_REACTIVE_URL", Database.create("shared"));

        try (Replica one = Replica.launch(settings);
                Replica two = Replica.launch(settings)) {
            one.awaitReadiness();
            two.awaitReadiness();
        }
    }

    @Tag("thorough")
    @Test
    void servesTheDescriptionInBothFormats() throws Exception {
        try (Replica replica = Replica.start()) {
            for (String format : new String[] {"", "?format=json"}) {
                RestAssured.given()
                        .port(replica.managementPort())
                        .get("/q/openapi" + format)
                        .then()
                        .statusCode(200)
                        .body(containsString("/v1/users/{user}/meetings"));
            }
        }
    }

    @Test
    void servesOperationsOnTheManagementPortOnly() throws Exception {
        try (Replica replica = Replica.start()) {
            for (String path : new String[] {
                "/q/health/started", "/q/health/live", "/q/health/ready", "/q/metrics", "/q/openapi", "/q/asyncapi"
            }) {
                assertEquals(200, replica.managementStatus(path), path);
                assertEquals(404, publicStatus(replica, path), path);
            }
            for (String ofDevMode : new String[] {"/", "/demo", "/swagger-ui/", "/swagger-ui/dist/swagger-ui.css"}) {
                assertEquals(404, publicStatus(replica, ofDevMode), ofDevMode);
            }
            assertEquals(200, publicStatus(replica, "/meetgate.css"));
        }
    }

    private static int publicStatus(Replica replica, String path) {
        return RestAssured.given().port(replica.port()).get(path).statusCode();
    }
}
