package dev.meetgate.packaged;

import static dev.meetgate.Api.connectedUser;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.meetgate.Database;
import dev.meetgate.Sandbox;
import dev.meetgate.local.LocalPostgres;
import io.restassured.RestAssured;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code doctor}, with each thing broken in turn. */
class DoctorIT {

    private static final String URL = "QUARKUS_DATASOURCE_REACTIVE_URL";
    private static final String KEY = "KioqKioqKioqKioqKioqKgABAgMEBQYHCAkKCwwNDg8=";

    private static @Nullable String database;

    private final Map<String, String> settings = Replica.surroundings();

    private record Diagnosis(int status, String text) {

        Diagnosis says(String line) {
            assertTrue(text.lines().anyMatch(one -> one.replaceAll(" +", " ").startsWith(line)), line + "\n" + text);
            return this;
        }

        Diagnosis has(String part) {
            assertTrue(text.contains(part), part + "\n" + text);
            return this;
        }

        Diagnosis withStatus(int expected) {
            assertEquals(expected, status, text);
            return this;
        }
    }

    @BeforeEach
    void reset() {
        Sandbox.reset();
    }

    /** A database that a replica has migrated, with one connection. */
    private synchronized String used() throws Exception {
        if (database == null) {
            database = Database.create("examined");
            settings.put(URL, database);
            try (Replica replica = Replica.start(settings)) {
                RestAssured.port = replica.port();
                connectedUser();
            }
        }
        settings.put(URL, database);
        return database;
    }

    private Diagnosis examine(String... options) throws Exception {
        var command = new ArrayList<>(Replica.command());
        command.add("doctor");
        command.addAll(List.of(options));
        try (Replica process = Replica.launch(command, settings)) {
            int status = process.exitCode();
            String text = process.log();
            for (String secret : List.of(
                    "sandbox-secret",
                    settings.get("MEETGATE_KEYS").split(":")[1],
                    KEY,
                    "p%40ss",
                    TlsPostgres.PASSWORD)) {
                assertFalse(text.contains(secret), text);
            }
            return new Diagnosis(status, text);
        }
    }

    @Test
    void saysWhatIsRightAndChangesNothing() throws Exception {
        settings.put(URL, Database.create("untouched"));
        int before = Sandbox.grantsAlive().size();

        examine()
                .withStatus(0)
                .says("ok settings No mistakes. ")
                .says(
                        "ok redirect URI Register exactly this one for the OAuth client at GoTo: http://localhost:8080/callback")
                .says("warning public URL Browsers of this machine alone reach http://localhost:8080.")
                .says("ok database 127.0.0.1:")
                .says("ok database TLS Not used, and the database is on this machine.")
                .has("A statement takes ")
                .says("ok database PostgreSQL 17.")
                .says("ok database A replica opens up to 20 connections.")
                .says("ok schema The schema meetgate has no tables yet. The start brings it to version ")
                .says("ok clock Agrees with that of the database.")
                .says("ok GoTo The API, " + Sandbox.url() + ", answers.")
                .says("ok GoTo The authorization endpoint, ")
                .says("ok OAuth client GoTo accepts GOTO_CLIENT_ID and GOTO_CLIENT_SECRET at ")
                .says("0 wrong, ");

        assertEquals(
                1,
                Database.number(settings.get(URL), "select count(*) from pg_namespace where nspname !~ '^pg_|^inf'"));
        assertEquals(before, Sandbox.grantsAlive().size());
    }

    @Test
    void knowsWhatQuarkusWouldRefuseAndWhatHasNoEffect() throws Exception {
        settings.put(URL, "postgresql://127.0.0.1:%d/gone".formatted(Replica.freePort()));
        settings.put("QUARKUS_LOG_LEVEL", "LOUD");
        settings.put("HTTPS_PROXY", "http://proxy:70000");
        settings.put("MEETGATE_TENANTS_DEMO_CERT_SHA256", "ab".repeat(32));
        settings.put("GOTO_SCOPES", "");

        examine()
                .withStatus(1)
                .says("WRONG settings QUARKUS_LOG_LEVEL is wrong. Set it to INFO, WARN or ERROR.")
                .says("WRONG settings HTTPS_PROXY is wrong. Set it to http://host:port or ")
                .says("warning settings MEETGATE_TENANTS_DEMO_CERT_SHA256 has no effect")
                .says("ok OAuth client GoTo accepts");
    }

    @Test
    void examinesWhatItCanThoughSettingsAreWrongAndTheDatabaseIsAway() throws Exception {
        settings.remove("MEETGATE_PUBLIC_URL");
        settings.put("GOTO_SCOPE", "collab:");
        settings.put(URL, "postgresql://127.0.0.1:%d/gone".formatted(Replica.freePort()));

        Diagnosis diagnosis = examine("--json").withStatus(1);

        // JDK 24 and later warn of Netty before the report.
        var report = new JsonObject(diagnosis.text().substring(diagnosis.text().indexOf('{')));
        assertTrue(report.getInteger("wrong") >= 3, diagnosis.text());
        String findings = report.getJsonArray("findings").encode();
        for (String finding : List.of(
                "MEETGATE_PUBLIC_URL is missing. Set it to",
                "GOTO_SCOPE is unknown. Did you mean GOTO_SCOPES?",
                "cannot be used: nobody accepts the connection. Correct the URL, the login, the certificate, or the way there.",
                "GoTo accepts GOTO_CLIENT_ID and GOTO_CLIENT_SECRET")) {
            assertTrue(findings.contains(finding), finding + "\n" + findings);
        }
    }

    @Test
    @Tag("thorough")
    void knowsTheKeysThatOpenWhatIsStored() throws Exception {
        String database = used();
        examine()
                .withStatus(0)
                .says("ok schema The schema meetgate has version ")
                .says("ok sealing keys local seals. local opens ");

        Database.execute(database, """
                insert into connection (id, tenant, user_id, status, sealed_access_token, access_token_expires_at, scopes,
                                        connected_at, refreshed_at, generation, outcome_unknown)
                select gen_random_uuid(), 'demo', 'grown-' || n, 'CONNECTED', decode('01056c6f63616c00', 'hex'), now(),
                       'collab:', now(), now(), 1, false
                  from generate_series(1, 10001) as n
                """);
        examine().withStatus(0).says("ok sealing keys local seals. local opens more than 10000 rows");
        Database.execute(database, "delete from connection where user_id like 'grown-%'");

        settings.put("MEETGATE_KEYS", "local:" + KEY);
        examine().withStatus(1).says("WRONG sealing keys The key local of MEETGATE_KEYS is not the one");

        settings.put("MEETGATE_KEYS", "k2:" + KEY);
        String lacking = examine().withStatus(1).text();
        assertTrue(
                lacking.matches(
                        "(?s).*WRONG +sealing keys +1 row is sealed with key local, which MEETGATE_KEYS lacks.*"),
                lacking);
    }

    @Test
    @Tag("thorough")
    void knowsWhatTheRoleMayNotDo() throws Exception {
        String database = used();
        Database.update("create role visitor login password 'visitor'");
        settings.put("QUARKUS_DATASOURCE_USERNAME", "visitor");
        examine().withStatus(1).says("WRONG schema The role lacks a right on the schema meetgate. Grant it usage");

        Database.execute(
                database,
                "grant usage on schema meetgate to visitor; grant select on all tables in schema meetgate to visitor");
        examine().withStatus(1).says("WRONG schema The role lacks a right on ").has("audit_chain, ");

        Database.execute(database, "grant insert, update, delete on all tables in schema meetgate to visitor");
        examine().withStatus(0).says("ok schema The schema meetgate has version ");

        settings.put("MEETGATE_SCHEMA", "elsewhere");
        examine()
                .withStatus(1)
                .says("WRONG schema The schema elsewhere has no tables yet. The role may not migrate it.");

        settings.put("QUARKUS_DATASOURCE_USERNAME", LocalPostgres.USER);
        settings.put("MEETGATE_MIGRATE", "false");
        examine()
                .withStatus(1)
                .says("WRONG schema The schema elsewhere has no tables yet. This program needs version ");
    }

    @Test
    @Tag("thorough")
    void knowsWhichHostAcceptsWritesAndHowManyConnectionsThereMayBe() throws Exception {
        String database = used();
        String local = database.replaceFirst("//", "//127.0.0.1:%d,".formatted(Replica.freePort()));
        settings.put(URL, local);
        settings.put("QUARKUS_DATASOURCE_REACTIVE_MAX_SIZE", "200");
        examine()
                .withStatus(0)
                .says("warning database 127.0.0.1:")
                .says("warning database A replica opens up to 200 connections.");

        Database.update("alter database examined set default_transaction_read_only = on");
        settings.put(URL, database);
        settings.put("QUARKUS_DATASOURCE_REACTIVE_MAX_SIZE", "1000");
        try {
            String text = examine().withStatus(1).text();
            assertTrue(text.contains("only reads. Name the primary in the URL, or all hosts."), text);
        } finally {
            Database.update("alter database examined reset default_transaction_read_only");
        }
        examine().withStatus(1).says("WRONG database A replica opens up to 1000 connections.");
    }

    @Test
    @Tag("thorough")
    void knowsHowTheDatabaseIsEncrypted() throws Exception {
        try (TlsPostgres server = TlsPostgres.start()) {
            Database.execute(
                    server.url("postgres"),
                    "create role app login password '%s'; grant create on database postgres to app"
                            .formatted(TlsPostgres.PASSWORD));
            settings.put("QUARKUS_DATASOURCE_USERNAME", TlsPostgres.USER);
            settings.put("QUARKUS_DATASOURCE_PASSWORD", TlsPostgres.PASSWORD);
            String verified = server.url("postgres") + "?sslmode=verify-full";
            settings.put(URL, verified + "&sslrootcert=" + server.certificate());
            examine().withStatus(0).says("ok database TLS Used. Certificate and host name are verified.");

            settings.put(URL, verified);
            String unknown = examine().withStatus(1).text();
            assertTrue(unknown.contains("cannot be used: "), unknown);

            settings.put(URL, server.url("postgres") + "?sslmode=require");
            settings.put("QUARKUS_DATASOURCE_PASSWORD", "another");
            String rejected = examine().withStatus(1).text();
            assertTrue(rejected.contains("PostgreSQL says: password authentication failed for user \"app\""), rejected);
        }
    }

    @Test
    @Tag("thorough")
    void knowsHowGoToAnswersTheClient() throws Exception {
        settings.put("GOTO_CLIENT_SECRET", "wrong");
        examine()
                .withStatus(1)
                .says("WRONG OAuth client GoTo rejects the client. Correct GOTO_CLIENT_ID and GOTO_CLIENT_SECRET.");

        settings.put("GOTO_CLIENT_SECRET", "sandbox-secret");
        settings.put("GOTO_TOKEN_URL", Sandbox.url() + "/elsewhere");
        settings.put("GOTO_API_URL", "http://localhost:" + Replica.freePort());
        settings.put("MEETGATE_PUBLIC_URL", "https://meetgate.invalid");
        examine()
                .withStatus(1)
                .says("WRONG OAuth client " + Sandbox.url()
                        + "/elsewhere does not answer as a token endpoint (status 404).")
                .says("WRONG GoTo The API, " + settings.get("GOTO_API_URL")
                        + ", cannot be reached: nobody accepts the connection.")
                .says("WRONG GoTo The authorization endpoint, ")
                .says(
                        "warning public URL https://meetgate.invalid cannot be looked up here: the name does not resolve.");
    }

    @Test
    @Tag("thorough")
    void knowsADownOrSlowGoToAndAWrongClock() throws Exception {
        Sandbox.faults("token", "STATUS", Map.of("status", 503));
        examine().withStatus(0).says("warning OAuth client The token endpoint, ");

        Sandbox.clearFaults();
        Sandbox.faults(
                "token",
                "STATUS",
                Map.of(
                        "status",
                        400,
                        "body",
                        Map.of("error", "invalid_grant"),
                        "headers",
                        Map.of("Date", "Sun, 06 Nov 1994 08:49:37 GMT")));
        examine().withStatus(1).says("ok OAuth client GoTo accepts").says("WRONG clock ");

        Sandbox.clearFaults();
        Sandbox.faults("token", "SLOW", Map.of("delayMillis", 30_000));
        long began = System.nanoTime();
        examine().withStatus(1).says("WRONG OAuth client The token endpoint, ");
        assertTrue(System.nanoTime() - began < 25e9);
    }

    @Test
    @Tag("thorough")
    void knowsReceiversThatGetNothing() throws Exception {
        settings.put("MEETGATE_TENANTS_DEMO_WEBHOOK_URL", "https://localhost:%d/hook".formatted(Replica.freePort()));
        settings.put("MEETGATE_TENANTS_DEMO_WEBHOOK_SECRET", "whsec_" + KEY);
        settings.put("MEETGATE_TENANTS_OTHER_WEBHOOK_URL", "https://receiver.invalid/hook");
        settings.put("MEETGATE_TENANTS_OTHER_WEBHOOK_SECRET", "whsec_" + KEY);
        examine()
                .withStatus(1)
                .says("WRONG webhook https://localhost:")
                .has("which is not public: nothing is sent there.")
                .says("warning webhook https://receiver.invalid cannot be reached: the name does not resolve.");

        settings.put("MEETGATE_WEBHOOK_PRIVATE_TARGETS", "true");
        settings.put("MEETGATE_TENANTS_DEMO_WEBHOOK_URL", Sandbox.url() + "/webhook");
        settings.keySet().removeIf(name -> name.startsWith("MEETGATE_TENANTS_OTHER_WEBHOOK"));
        examine().withStatus(0).says("ok webhook " + Sandbox.url() + " accepts connections. No event was sent.");
        assertEquals(List.of(), Sandbox.events());
    }

    @Test
    @Tag("thorough")
    void knowsIssuersWithoutKeys() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        String issuer = "http://localhost:" + server.getAddress().getPort();
        String metadata = "{\"issuer\": \"%s\", \"jwks_uri\": \"%1$s/keys\"}".formatted(issuer);
        String keys = "{\"keys\": [{\"kty\": \"OKP\", \"crv\": \"Ed25519\", \"kid\": \"a\","
                + " \"x\": \"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}]}";
        server.createContext("/", exchange -> {
            byte[] body = (exchange.getRequestURI().getPath().equals("/keys") ? keys : metadata)
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        settings.put("MEETGATE_TENANTS_DEMO_ISSUER", issuer);
        settings.put("MEETGATE_TENANTS_OTHER_ISSUER", issuer + "/other");
        String closed = "http://localhost:%d/keys".formatted(Replica.freePort());
        settings.put("MEETGATE_TENANTS_CAREFUL_ISSUER", issuer + "/third");
        settings.put("MEETGATE_TENANTS_CAREFUL_JWKS_URL", closed);
        settings.put("MEETGATE_CONSOLE_ISSUER", issuer);
        settings.put("MEETGATE_CONSOLE_CLIENT_ID", "console");
        settings.put("MEETGATE_CONSOLE_CLIENT_SECRET", KEY);
        settings.put("MEETGATE_CONSOLE_ROLE", "operator");
        try {
            examine()
                    .withStatus(1)
                    .says("ok issuer %s has 1 key at %1$s/keys.".formatted(issuer))
                    .says("ok console %s has 1 key at %1$s/keys.".formatted(issuer))
                    .says("ok console Register exactly this redirect URI for its client at ")
                    .says("WRONG issuer %s/other gives no keys: its metadata names another issuer.".formatted(issuer))
                    .has(
                            "%s/third gives no keys. %s cannot be reached: nobody accepts the connection. Correct the JWKS URL,"
                                    .formatted(issuer, closed));
        } finally {
            server.stop(0);
        }
    }

    @Test
    @Tag("thorough")
    void takesTheWaysOutOfTheSettings(@TempDir Path folder) throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            String pem = TlsFront.certify(folder, "dns:authentication.logmeininc.com,dns:api.getgo.com");
            var front = new TlsFront(
                    vertx, folder.resolve("goto.p12"), URI.create(Sandbox.url()).getPort());
            var proxy = new ConnectProxy(vertx, "me:p@ss", front.port());
            settings.keySet().removeIf(name -> name.matches("GOTO_(AUTHORIZE|TOKEN|REVOKE|API)_URL"));
            settings.put("HTTPS_PROXY", "http://me:p%40ss@127.0.0.1:" + proxy.port());
            examine()
                    .withStatus(1)
                    .says(
                            "WRONG GoTo The API, https://api.getgo.com, cannot be reached: no authority that is known here");

            settings.put(
                    "MEETGATE_CA_FILE",
                    Files.writeString(folder.resolve("ca.pem"), pem).toString());
            examine().withStatus(0).says("ok OAuth client GoTo accepts");

            settings.put("HTTPS_PROXY", "http://me:wrong@127.0.0.1:" + proxy.port());
            examine()
                    .withStatus(1)
                    .says("WRONG GoTo The API, https://api.getgo.com, cannot be reached: the proxy wants another user");

            settings.put("HTTPS_PROXY", "127.0.0.1:" + Replica.freePort());
            examine().withStatus(1).has("Check GOTO_API_URL and the proxy of HTTPS_PROXY.");
        } finally {
            vertx.close();
        }
    }
}
