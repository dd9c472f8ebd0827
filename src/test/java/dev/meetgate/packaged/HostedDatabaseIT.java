package dev.meetgate.packaged;

import static dev.meetgate.Api.asDemo;
import static dev.meetgate.Api.connectedUser;
import static dev.meetgate.Api.meetings;
import static dev.meetgate.packaged.TlsPostgres.PASSWORD;
import static dev.meetgate.packaged.TlsPostgres.USER;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meetgate.Await;
import dev.meetgate.Database;
import dev.meetgate.Sandbox;
import io.restassured.RestAssured;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Starts with the URLs of hosted databases. The first start migrates by the JDBC driver, and calls use the
 * reactive one.
 */
@Tag("thorough")
class HostedDatabaseIT {

    private static TlsPostgres postgres;

    @BeforeAll
    static void start() throws Exception {
        postgres = TlsPostgres.start();
        Sandbox.reset();
        Database.execute(postgres.url("postgres"), "create role app login createrole password '" + PASSWORD + "'");
    }

    @AfterAll
    static void stop() throws Exception {
        postgres.close();
    }

    @ParameterizedTest
    @CsvSource({
        "heroku,   postgres://LOGIN@localhost:PORT/DATABASE",
        "rds,      postgresql://LOGIN@localhost:PORT/DATABASE?sslmode=require",
        "verified, postgresql://LOGIN@localhost:PORT/DATABASE?sslmode=verify-full&sslrootcert=CERTIFICATE",
        "neon,     postgresql://LOGIN@localhost:PORT/DATABASE?sslmode=require&channel_binding=require"
                + "&sslrootcert=CERTIFICATE",
    })
    void startsAsPsqlWould(String database, String url) throws Exception {
        walk(database, url(database, url));
    }

    /** The first host is away, the second is read-only, and the third is the primary. */
    @Test
    void findsThePrimaryAmongSeveralHosts() throws Exception {
        String standby = Database.create("several");
        Database.execute(standby, "create role app login; alter role app set default_transaction_read_only = on");
        String hosts = "127.0.0.1:" + Replica.freePort() + ","
                + java.net.URI.create(standby).getAuthority();

        walk("several", url("several", "postgresql://LOGIN@" + hosts + ",localhost:PORT/DATABASE"));
    }

    @ParameterizedTest
    @CsvSource({
        "another, postgresql://LOGIN@127.0.0.1:PORT/postgres?sslmode=verify-full&sslrootcert=CERTIFICATE",
        "unknown, postgresql://LOGIN@localhost:PORT/postgres?sslmode=require&channel_binding=require",
        "plain,   postgresql://LOGIN@localhost:PORT/postgres?sslmode=disable",
    })
    void refusesAServerThatPsqlWouldRefuse(String why, String url) throws Exception {
        try (Replica replica = Replica.launch(settings(url("postgres", url)))) {
            assertEquals(1, replica.exitCode());
            assertTrue(replica.log().contains("the database cannot be reached or rejects"), why + replica.log());
            assertFalse(replica.log().contains(PASSWORD), replica.log());
        }
    }

    @Test
    void takesAPasswordThatWasReplacedInItsFile(@TempDir Path folder) throws Exception {
        Database.execute(postgres.url("postgres"), "create role rotating login password 'old'");
        Database.execute(postgres.url("postgres"), "create database rotated owner rotating");
        Path password = Files.writeString(folder.resolve("password"), "old");
        var settings =
                settings("postgresql://rotating@localhost:%d/rotated?sslmode=require".formatted(postgres.port()));
        settings.put("QUARKUS_DATASOURCE_PASSWORD_FILE", password.toString());
        try (Replica replica = Replica.start(settings)) {
            RestAssured.port = replica.port();
            String user = connectedUser();

            Database.execute(postgres.url("postgres"), "alter role rotating password 'new'");
            Database.execute(
                    postgres.url("postgres"),
                    "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'rotating'");
            asDemo().get("/v1/users/{user}/connection", user).then().statusCode(503);

            Files.writeString(password, "new\n");
            Await.until(() -> meetings(user).statusCode() == 200);
            asDemo().post("/v1/users/{user}/connect-links", user).then().statusCode(201);
        }
    }

    private static void walk(String database, String url) throws Exception {
        Database.execute(postgres.url("postgres"), "create database " + database + " owner app");
        try (Replica replica = Replica.start(settings(url))) {
            RestAssured.port = replica.port();
            meetings(connectedUser()).then().statusCode(200);
            assertEquals(
                    0,
                    Database.number(
                            postgres.url("postgres"),
                            "select count(*) from pg_stat_ssl join pg_stat_activity using (pid)"
                                    + " where usename = 'app' and not ssl"));
        }
    }

    private static String url(String database, String url) {
        String login = USER + ":" + URLEncoder.encode(PASSWORD, UTF_8).replace("+", "%20");
        return url.replace("LOGIN", login)
                .replace("PORT", String.valueOf(postgres.port()))
                .replace("DATABASE", database)
                .replace("CERTIFICATE", postgres.certificate().toString());
    }

    private static Map<String, String> settings(String url) {
        var settings = Replica.surroundings();
        settings.keySet().removeIf(name -> name.startsWith("QUARKUS_DATASOURCE_"));
        settings.put("DATABASE_URL", url);
        return settings;
    }
}
