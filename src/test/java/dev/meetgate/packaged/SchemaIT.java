package dev.meetgate.packaged;

import static dev.meetgate.Api.connectedUser;
import static dev.meetgate.Api.meetings;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meetgate.Database;
import dev.meetgate.Sandbox;
import dev.meetgate.local.LocalPostgres;
import io.restassured.RestAssured;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Where MeetGate's tables are, beside those of others, and which rights its roles need. */
@Tag("thorough")
class SchemaIT {

    private static final String TABLES_OF = "select count(*) from information_schema.tables where table_schema = ";
    private static final String PASSWORD = " login password 'secret'";

    @BeforeEach
    void reset() {
        Sandbox.reset();
    }

    @Test
    void leavesTheTablesOfOthersAlone() throws Exception {
        String database = Database.create("home_of_others");
        Database.execute(database, """
                create table public.connection (theirs int);
                create table public.flyway_schema_history (version text, script text, success boolean);
                insert into public.flyway_schema_history values ('7', 'V7__theirs.sql', true)
                """);

        walkOn(database, Map.of());

        assertEquals(2, Database.number(database, TABLES_OF + "'public'"));
        assertEquals(1, Database.number(database, "select count(*) from meetgate.connection"));
    }

    @Test
    void findsAnInstallationOfTheFirstVersions() throws Exception {
        String database = Database.create("old_home");
        Flyway.configure()
                .dataSource("jdbc:" + database, LocalPostgres.USER, LocalPostgres.USER)
                .locations("filesystem:src/main/resources/db/migration")
                .target("7")
                .load()
                .migrate();
        Database.execute(
                database,
                "delete from public.flyway_schema_history where version = '7'; drop index revocation_sealed_with,"
                        + " authorization_request_sealed_with; alter table authorization_request drop column sealed_with;"
                        + " alter table revocation drop column sealed_with");

        walkOn(database, Map.of());

        assertEquals(1, Database.number(database, "select count(*) from public.connection"));
        assertEquals(0, Database.number(database, "select count(*) from pg_namespace where nspname = 'meetgate'"));
    }

    @Test
    void usesTheSchemaOfItsSetting() throws Exception {
        String database = Database.create("home_of_two");
        walkOn(database, Map.of());

        walkOn(database, Map.of("MEETGATE_SCHEMA", "acme"));
        walkOn(database, Map.of("MEETGATE_SCHEMA", "public"));

        for (String schema : new String[] {"meetgate", "acme", "public"}) {
            assertEquals(1, Database.number(database, "select count(*) from " + schema + ".connection"), schema);
        }
    }

    @Test
    void worksWithOneRoleForMigrationsAndAnotherForWork() throws Exception {
        String database = Database.create("home_of_roles");
        Database.execute(database, """
                create role meetgate_owner login password 'secret';
                create role meetgate_work login password 'secret';
                create schema meetgate authorization meetgate_owner;
                grant usage on schema meetgate to meetgate_work;
                alter default privileges for role meetgate_owner in schema meetgate
                    grant select, insert, update, delete on tables to meetgate_work
                """);
        Replica.start(as("meetgate_owner", database)).close();

        Map<String, String> work = Map.of("MEETGATE_MIGRATE", "false", "QUARKUS_DATASOURCE_USERNAME", "meetgate_work");
        walkOn(database, work);

        Database.execute(database, "revoke delete on meetgate.connect_link from meetgate_work");
        String log = logOfFailedStart(database, work);
        assertTrue(log.contains("lacks a right on \"meetgate\".connect_link. Grant it usage"), log);

        Database.execute(database, "revoke usage on schema meetgate from meetgate_work");
        log = logOfFailedStart(database, work);
        assertTrue(log.contains("lacks a right in the schema meetgate. Grant it usage"), log);
    }

    @Test
    void saysWhichRightIsMissingForTheFirstStart() throws Exception {
        String database = Database.create("home_without_rights");
        Database.execute(database, "create role meetgate_guest" + PASSWORD);

        String log = logOfFailedStart(database, Map.of("QUARKUS_DATASOURCE_USERNAME", "meetgate_guest"));

        assertTrue(log.contains("Let an administrator run: create schema meetgate authorization"), log);
    }

    private static Map<String, String> as(String user, String database) {
        var settings = Replica.surroundings();
        settings.put("QUARKUS_DATASOURCE_REACTIVE_URL", database);
        settings.put("QUARKUS_DATASOURCE_USERNAME", user);
        settings.put("QUARKUS_DATASOURCE_PASSWORD", "secret");
        return settings;
    }

    private static void walkOn(String database, Map<String, String> more) throws Exception {
        var settings = as(LocalPostgres.USER, database);
        settings.putAll(more);
        try (Replica replica = Replica.start(settings)) {
            RestAssured.port = replica.port();
            meetings(connectedUser()).then().statusCode(200);
        }
    }

    private static String logOfFailedStart(String database, Map<String, String> more) throws Exception {
        var settings = as(LocalPostgres.USER, database);
        settings.putAll(more);
        try (Replica replica = Replica.launch(settings)) {
            assertEquals(1, replica.exitCode());
            String log = replica.log();
            assertFalse(log.contains("\tat "), log);
            return log;
        }
    }
}
