package dev.meetgate.packaged;

import static dev.meetgate.Api.asDemo;
import static dev.meetgate.Api.connectLink;
import static dev.meetgate.Api.connectedUser;
import static dev.meetgate.Api.freshUser;
import static dev.meetgate.Api.generation;
import static dev.meetgate.Api.local;
import static dev.meetgate.Api.meetings;
import static dev.meetgate.Api.walk;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meetgate.Await;
import dev.meetgate.Browser;
import dev.meetgate.Browser.Page;
import dev.meetgate.Concurrently;
import dev.meetgate.Database;
import dev.meetgate.Sandbox;
import dev.meetgate.packaged.PostgresProxy.Stop;
import io.restassured.RestAssured;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The database is away, slow or read-only during refreshes: callers get a problem, and no token is lost. */
@Tag("thorough")
class DatabaseIT {

    private static final String REFRESH = "refresh_token";

    private static final String OPEN = "pg_stat_activity where datname = 'troubled'";
    private static final String AGED = OPEN + " and backend_start < now() - interval '2 seconds'";

    private static String database;

    private PostgresProxy proxy;
    private Replica replica;

    @BeforeAll
    static void make() {
        database = Database.create("troubled");
    }

    @BeforeEach
    void start() throws Exception {
        Sandbox.reset();
        var settings = Replica.surroundings();
        proxy = PostgresProxy.of(database);
        settings.put("QUARKUS_DATASOURCE_REACTIVE_URL", proxy.url());
        settings.put("QUARKUS_DATASOURCE_REACTIVE_MAX_SIZE", "2");
        replica = Replica.start(settings);
        RestAssured.port = replica.port();
    }

    @AfterEach
    void stop() {
        Database.update("alter database troubled reset default_transaction_read_only");
        replica.close();
        proxy.close();
    }

    @Test
    void reportsADatabaseOutageAndRecovers() {
        String user = connectedUser();
        String link = local(connectLink(user));
        proxy.takeAway();

        for (String path : new String[] {"/v1/users/{user}/meetings", "/v1/users/{user}/connection"}) {
            asDemo().get(path, user)
                    .then()
                    .statusCode(503)
                    .contentType("application/problem+json")
                    .header("Retry-After", notNullValue())
                    .body("code", equalTo("unavailable"))
                    .body("retryable", equalTo(true));
        }
        asDemo().post("/v1/users/{user}/connect-links", user).then().statusCode(503);
        for (Page page : List.of(new Browser().open(link), new Browser().submit(link))) {
            assertEquals(503, page.status());
            assertEquals("text/html;charset=utf-8", page.header("Content-Type").toLowerCase(Locale.ROOT));
            assertEquals("1", page.header("Retry-After"));
        }

        proxy.bringBack();
        meetings(user).then().statusCode(200);
    }

    @Test
    void spendsNoRefreshTokenBeforeTheLeaseIsStored() {
        String user = connectedUser();
        Sandbox.expireAccessTokens();
        proxy.stopAt("with free as", Stop.BEFORE);

        CompletableFuture<Integer> call = replica.listMeetings(user);
        Await.until(() -> proxy.stopped() > 0);
        proxy.takeAway();

        assertEquals(503, call.join());
        assertEquals(0, Sandbox.tokenRequests(REFRESH));
        proxy.bringBack();
        assertEquals(1, generation(user));
    }

    @Test
    void takesTheLeaseAgainIfItsAnswerIsLost() {
        String user = connectedUser();
        Sandbox.expireAccessTokens();
        proxy.stopAt("with free as", Stop.AFTER);

        CompletableFuture<Integer> call = replica.listMeetings(user);
        Await.until(() -> proxy.stopped() > 0);
        proxy.hangUpOnTheStopped();

        assertEquals(200, call.join());
        assertEquals(1, Sandbox.tokenRequests(REFRESH));
    }

    @Test
    void blamesNobodyForALeaseThatItTakesAgain() {
        String user = connectedUser();
        Sandbox.expireAccessTokens();
        Sandbox.revokeGrants();
        proxy.stopAt("with free as", Stop.AFTER);

        CompletableFuture<Integer> call = replica.listMeetings(user);
        Await.until(() -> proxy.stopped() > 0);
        proxy.hangUpOnTheStopped();

        assertEquals(409, call.join());
        asDemo().get("/v1/users/{user}/connection", user).then().body("reason", equalTo("REVOKED"));
    }

    @Test
    void keepsTheNewTokensUntilTheDatabaseIsBack() {
        String user = connectedUser();
        Sandbox.expireAccessTokens();
        Sandbox.fault("token", "SLOW", Map.of("delayMillis", 3000));

        CompletableFuture<Integer> call = replica.listMeetings(user);
        Await.until(() -> Sandbox.tokenRequests(REFRESH) > 0);
        proxy.takeAway();
        // The answer arrives, and the replica fails to store it.
        Await.until(() -> Sandbox.hasAnswered(REFRESH));
        proxy.refuse(3);
        proxy.bringBack();

        assertEquals(200, call.join());
        assertEquals(2, generation(user));
        assertEquals(1, Sandbox.tokenRequests(REFRESH));
    }

    @Test
    void keepsAConsentUntilTheDatabaseIsBack() {
        String user = freshUser();
        String link = connectLink(user);
        proxy.stopAt("insert into \"meetgate\".connection", Stop.BEFORE);

        var walked = Concurrently.start(() -> walk(new Browser(), link));
        Await.until(() -> proxy.stopped() > 0);
        proxy.takeAway();
        proxy.bringBack();

        assertTrue(walked.join().contains("status=connected"));
        meetings(user).then().statusCode(200);
    }

    @Test
    void storesAConsentOnceIfItsCommitIsNotAnswered() {
        String user = freshUser();
        String link = connectLink(user);
        proxy.stopAt("COMMIT", Stop.AFTER);

        var walked = Concurrently.start(() -> walk(new Browser(), link));
        Await.until(() -> proxy.stopped() > 0);
        proxy.hangUpOnTheStopped();

        assertTrue(walked.join().contains("status=connected"));
        assertEquals(1, generation(user));
        asDemo().queryParam("user", user)
                .get("/v1/events")
                .then()
                .body("items.type", equalTo(List.of("dev.meetgate.connection.connected")));
        assertEquals(0, notes(user));
    }

    @Test
    void staysDisconnectedIfTheCommitOfTheConsentIsNotAnswered() {
        String user = freshUser();
        String link = connectLink(user);
        proxy.stopAt("COMMIT", Stop.AFTER);

        var walked = Concurrently.start(() -> walk(new Browser(), link));
        Await.until(() -> proxy.stopped() > 0);
        asDemo().delete("/v1/users/{user}/connection", user).then().statusCode(204);
        proxy.hangUpOnTheStopped();

        walked.join();
        asDemo().get("/v1/users/{user}/connection", user).then().statusCode(404);
    }

    @Test
    void tellsOnceOfAMissingScopeIfTheCommitIsNotAnswered() {
        String user = connectedUser();
        String link = connectLink(user);
        Sandbox.set("grantedScope", "identity:scim.me");
        proxy.stopAt("COMMIT", Stop.AFTER);

        var walked = Concurrently.start(() -> walk(new Browser(), link));
        Await.until(() -> proxy.stopped() > 0);
        proxy.hangUpOnTheStopped();

        assertTrue(walked.join().contains("problem=scope-missing"), walked.join());
        meetings(user).then().statusCode(200);
        asDemo().queryParam("user", user)
                .get("/v1/events")
                .then()
                .body(
                        "items.type",
                        equalTo(List.of("dev.meetgate.connection.connected", "dev.meetgate.connect_link.failed")));
    }

    @Test
    void storesADenialThatTheDatabaseDidNotGet() {
        String link = connectLink(freshUser());
        Sandbox.set("consent", "DENY");
        proxy.stopAt("with ended as", Stop.BEFORE);

        var walked = Concurrently.start(() -> walk(new Browser(), link));
        Await.until(() -> proxy.stopped() > 0);
        proxy.hangUpOnTheStopped();

        assertTrue(walked.join().contains("status=denied"), walked.join());
    }

    @Test
    void saysThatAConnectionHasEndedIfItsEndIsNotAnswered() throws Exception {
        String user = connectedUser();
        Sandbox.expireAccessTokens();
        Sandbox.revokeGrants();
        proxy.stopAt("'RECONNECT_REQUIRED', reason", Stop.AFTER);

        CompletableFuture<Integer> call = replica.listMeetings(user);
        Await.until(() -> proxy.stopped() > 0);
        proxy.hangUpOnTheStopped();

        assertEquals(409, call.join());
        assertTrue(
                replica.log().contains("GoTo rejected a refresh token: it was ended or replaced meanwhile"),
                replica.log());
    }

    @Test
    void keepsTokensWhoseStoringIsNotAnswered() {
        String user = connectedUser();
        Sandbox.expireAccessTokens();
        proxy.stopAt("generation = generation + 1", Stop.AFTER);

        CompletableFuture<Integer> call = replica.listMeetings(user);
        Await.until(() -> proxy.stopped() > 0);
        proxy.hangUpOnTheStopped();

        assertEquals(200, call.join());
        assertEquals(2, generation(user));
        assertEquals(1, Sandbox.tokenRequests(REFRESH));
        assertEquals(0, notes(user));
    }

    /** A statement that waits for a lock would keep its connection at the server. */
    @Test
    void cancelsStatementsThatNobodyWaitsFor() throws Exception {
        String user = connectedUser();
        try (var lock = Database.begin(database, "lock table meetgate.connection in access exclusive mode")) {
            for (int calls = 0; calls < 2; calls++) {
                meetings(user).then().statusCode(503);
            }
            Await.until(() -> Database.count(OPEN + " and wait_event_type = 'Lock'") == 0);
            lock.rollback();
        }
        meetings(user).then().statusCode(200);
    }

    @Test
    void survivesADatabaseFailureDuringA429() {
        String user = connectedUser();
        Sandbox.fault("api", "STATUS", Map.of("status", 429, "retryAfter", "1"));
        proxy.stopAt("set paused_until", Stop.BEFORE);

        CompletableFuture<Integer> call = replica.listMeetings(user);
        Await.until(() -> proxy.stopped() > 0);
        proxy.hangUpOnTheStopped();

        // The call continues. It fails if the replica still uses the broken connection.
        int status = call.join();
        assertTrue(status == 200 || status == 503, "answered " + status);
        meetings(user).then().statusCode(200);
    }

    @Test
    void waitsForASlowDatabase() {
        String user = connectedUser();
        Sandbox.expireAccessTokens();
        proxy.slowDown(100);

        assertEquals(Collections.nCopies(8, 200), Replica.listMeetings(user, 8, replica));
        assertEquals(1, Sandbox.tokenRequests(REFRESH));
    }

    /**
     * Others have joined the refresh that an impatient caller began, and did not get to its lease in time.
     */
    @Test
    void refreshesForPatientCallersWhenAnImpatientOneHasLeft() {
        String user = connectedUser();
        proxy.slowDown(100);
        for (double seconds = 0.3; seconds < 1; seconds += 0.05) {
            Sandbox.expireAccessTokens();
            var impatient = replica.listMeetings(user, "demo-key", seconds);
            assertEquals(200, replica.listMeetings(user, "demo-key", 20).join().statusCode(), seconds + " s");
            impatient.join();
        }
    }

    @Test
    void boundsStatementsByTheDefaultTimeout() throws Exception {
        var settings = Replica.surroundings();
        settings.put("QUARKUS_DATASOURCE_REACTIVE_URL", proxy.url());
        settings.put("MEETGATE_REQUEST_TIMEOUT", "1");
        try (Replica hurried = Replica.start(settings)) {
            // While a chore has the silent connection, a call gets a new one.
            Await.until(() -> {
                proxy.silence();
                long began = System.nanoTime();
                int status =
                        asDemo().port(hurried.port()).get("/v1/connections").statusCode();
                long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
                assertTrue(millis < 5000, millis + " ms");
                return status == 503;
            });
        }
    }

    @Test
    void changesNothingOnAReadOnlyDatabase() {
        String user = connectedUser();
        Sandbox.expireAccessTokens();
        Database.update("alter database troubled set default_transaction_read_only = on");
        proxy.hangUp();

        meetings(user).then().statusCode(503).body("code", equalTo("unavailable"));
        asDemo().get("/v1/users/{user}/connection", user).then().statusCode(200);
        assertEquals(0, Sandbox.tokenRequests(REFRESH));

        // The replica closes the connections of the read-only time by itself.
        Database.update("alter database troubled reset default_transaction_read_only");
        Await.until(() -> meetings(user).statusCode() == 200);
    }

    /** The connections lead to a former primary, and new ones to its successor. */
    @Test
    void writesOverANewConnectionWhereTheOldOnesAreReadOnly() {
        String user = connectedUser();
        Database.update("alter database troubled set default_transaction_read_only = on");
        proxy.hangUp();
        for (int calls = 0; calls < 4; calls++) {
            asDemo().get("/v1/users/{user}/connection", user).then().statusCode(200);
        }
        Await.until(() -> Database.count(AGED) == Database.count(OPEN));
        Database.update("alter database troubled reset default_transaction_read_only");

        asDemo().post("/v1/users/{user}/connect-links", user).then().statusCode(201);
        Sandbox.expireAccessTokens();
        meetings(user).then().statusCode(200);
        assertEquals(2, generation(user));
    }

    @Test
    void readsOverANewConnectionWhereTheServerEndedTheOldOne() {
        String user = connectedUser();

        for (int calls = 0; calls < 50; calls++) {
            for (String path : List.of("/v1/users/" + user + "/connection", "/v1/events", "/v1/audit")) {
                Database.count("(select pg_terminate_backend(pid) from " + OPEN + ") ended");
                asDemo().get(path).then().statusCode(200);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"/v1/events, with turn as", "/v1/audit, with settled as"})
    void repeatsWhatAReadWritesBeforeIt(String path, String words) {
        proxy.stopAt(words, Stop.BEFORE);

        var call = Concurrently.start(() -> asDemo().get(path).statusCode());
        Await.until(() -> proxy.stopped() > 0);
        proxy.hangUpOnTheStopped();

        assertEquals(200, call.join());
    }

    /** Vert.x closes no socket over which a server has refused TLS. */
    @Test
    void leavesFewConnectionsBehindWhileItSearchesForAPrimary() throws Exception {
        String user = connectedUser();
        var settings = Replica.surroundings();
        settings.put(
                "DATABASE_URL", proxy.url().replace("//", "//postgres:postgres@") + "?target_session_attrs=read-write");
        settings.keySet().removeIf(name -> name.startsWith("QUARKUS_DATASOURCE_"));
        try (Replica searching = Replica.start(settings)) {
            Database.update("alter database troubled set default_transaction_read_only = on");
            Database.count("(select pg_terminate_backend(pid) from " + OPEN + ") ended");
            int before = proxy.accepted();
            Await.until(() -> {
                asDemo().port(searching.port())
                        .get("/v1/users/{user}/connection", user)
                        .then()
                        .statusCode(503);
                return proxy.accepted() > before + 60;
            });
            assertTrue(proxy.open() < 20, proxy.open() + " connections are open");
        }
    }

    @Test
    void leavesConnectionsThatSwallowEverything() {
        String user = connectedUser();
        assertEquals(Collections.nCopies(8, 200), Replica.listMeetings(user, 8, replica));
        proxy.silence();

        long began = System.nanoTime();
        int first = meetings(user).statusCode();
        meetings(user).then().statusCode(200);
        asDemo().post("/v1/users/{user}/connect-links", user).then().statusCode(201);
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);

        assertTrue(first == 200 || first == 503, "answered " + first);
        assertTrue(seconds < 18, seconds + " s");
    }

    @Test
    void servesManyCallsOverFewDatabaseConnections() {
        String user = connectedUser();

        assertEquals(Collections.nCopies(100, 200), Replica.listMeetings(user, 100, replica));
    }

    /** How many grants of this user are to be revoked. */
    private static long notes(String user) {
        return Database.number(database, "select count(*) from revocation where user_id = '" + user + "'");
    }
}
