package dev.meetgate.packaged;

import static dev.meetgate.Api.asDemo;
import static dev.meetgate.Api.connectLink;
import static dev.meetgate.Api.freshUser;
import static dev.meetgate.Api.generation;
import static dev.meetgate.Api.local;
import static dev.meetgate.Api.meetings;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meetgate.Browser;
import dev.meetgate.Database;
import dev.meetgate.local.LocalPostgres;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs two replicas with independent authorization servers, Keycloak and oidc-provider, as GoTo. */
@ParameterizedClass
@EnumSource
class RealServersIT {

    private static RealServer server;
    private static GuardedApi api;
    private static Replica one;
    private static Replica two;

    /** JUnit requires this constructor. Each product is started once for all tests. */
    RealServersIT(RealServer.Product product) {}

    @BeforeParameterizedClassInvocation
    static void start(RealServer.Product product) throws Exception {
        server = product.start();
        api = new GuardedApi(server);
        Map<String, String> settings = Replica.surroundings();
        settings.putAll(server.settings(api.url()));
        settings.put("MEETGATE_TENANTS_REPORTS_ISSUER", server.issuer());
        one = Replica.start(settings);
        two = Replica.start(settings);
    }

    @AfterParameterizedClassInvocation
    static void stop() throws Exception {
        for (AutoCloseable started :
                Stream.of(two, one, api, server).filter(Objects::nonNull).toList()) {
            started.close();
        }
    }

    @BeforeEach
    void useOne() {
        RestAssured.port = one.port();
    }

    @Test
    void connectsCallsAndDisconnects() {
        disconnectAll();
        String user = connectedUser(new Browser());

        asDemo().get("/v1/users/{user}/connection", user)
                .then()
                .statusCode(200)
                .body("account.email", equalTo("jane@example.com"))
                .body("scopes", hasItem("collab:"));
        meetings(user).then().statusCode(200).body("items.size()", equalTo(0));
        String accessToken = api.lastToken();
        assertTrue(server.honours(accessToken));

        asDemo().delete("/v1/users/{user}/connection", user).then().statusCode(204);

        assertFalse(server.honours(accessToken));
        asDemo().get("/v1/users/{user}/connection", user).then().statusCode(404);
    }

    @Test
    void letsAServiceInWithATokenOfTheServer() throws Exception {
        String token = server.tokenForMeetGate("connections:read");

        asReports(token).get("/v1/connections").then().statusCode(200).body("items.size()", equalTo(0));
        asReports(token).post("/v1/upkeep").then().statusCode(403).body("scope", equalTo("operate"));
        asReports(token.substring(0, token.length() - 5) + "AAAAA")
                .get("/v1/connections")
                .then()
                .statusCode(401);
    }

    private static RequestSpecification asReports(String token) {
        return RestAssured.given().header("Authorization", "Bearer " + token).contentType(ContentType.JSON);
    }

    /** A grant of an account is revoked with its last connection. */
    private static void disconnectAll() {
        List<String> users = asDemo().get("/v1/connections?limit=100").path("items.user");
        users.forEach(user ->
                asDemo().delete("/v1/users/{user}/connection", user).then().statusCode(204));
    }

    @Test
    void refreshesOnceForAllReplicas() throws Exception {
        String user = connectedUser(new Browser());
        long errors = server.events("REFRESH_TOKEN_ERROR");
        for (int generation = 2; generation <= 5; generation++) {
            makeStale(user);
            long before = server.events("REFRESH_TOKEN");

            assertEquals(Collections.nCopies(32, 200), Replica.listMeetings(user, 32, one, two));

            assertEquals(before + 1, server.events("REFRESH_TOKEN"));
            assertEquals(generation, generation(user));
        }
        assertEquals(errors, server.events("REFRESH_TOKEN_ERROR"));
    }

    @Test
    void refreshesATokenThatTheApiRejects() {
        String user = connectedUser(new Browser());
        meetings(user).then().statusCode(200);
        api.refuseLastToken();

        meetings(user).then().statusCode(200);
        assertEquals(2, generation(user));
    }

    @Test
    void asksForAReconnectAfterTheUserEndsTheSession() {
        var browser = new Browser();
        String user = connectedUser(browser);
        new Jane(browser).goesOnFrom(server.endpoint("end_session"));

        meetings(user).then().statusCode(409).body("code", equalTo("reconnect-required"));
        asDemo().get("/v1/users/{user}/connection", user).then().body("reason", equalTo("REVOKED"));

        connect(browser, user);
        meetings(user).then().statusCode(200);
    }

    /**
     * Happens after the restore of a backup. The test also shows that the server detects reuse, which other
     * tests rely on.
     */
    @Test
    void asksForAReconnectWhenARefreshTokenIsReused() throws Exception {
        String user = connectedUser(new Browser());
        byte[] backup = sealedRefreshToken(user);
        makeStale(user);
        meetings(user).then().statusCode(200);
        update("sealed_refresh_token = ?", backup, user);
        makeStale(user);
        long errors = server.events("REFRESH_TOKEN_ERROR");

        meetings(user).then().statusCode(409).body("code", equalTo("reconnect-required"));
        asDemo().get("/v1/users/{user}/connection", user).then().body("reason", equalTo("REVOKED"));
        assertEquals(errors + 1, server.events("REFRESH_TOKEN_ERROR"));
    }

    private static String connectedUser(Browser browser) {
        String user = freshUser();
        connect(browser, user);
        return user;
    }

    private static void connect(Browser browser, String user) {
        String authorize = browser.submit(local(connectLink(user))).location();
        String callback = new Jane(browser).goesOnFrom(authorize);
        String end = browser.open(local(callback)).location();
        assertTrue(end.contains("status=connected"), end);
    }

    private static void makeStale(String user) throws SQLException {
        update("access_token_expires_at = ?", Timestamp.from(Instant.now()), user);
    }

    private static void update(String assignment, Object value, String user) throws SQLException {
        try (var database = Database.open(LocalPostgres.url());
                var update =
                        database.prepareStatement("update connection set %s where user_id = ?".formatted(assignment))) {
            update.setObject(1, value);
            update.setString(2, user);
            assertEquals(1, update.executeUpdate());
        }
    }

    private static byte[] sealedRefreshToken(String user) throws SQLException {
        try (var database = Database.open(LocalPostgres.url());
                var query =
                        database.prepareStatement("select sealed_refresh_token from connection where user_id = ?")) {
            query.setString(1, user);
            var rows = query.executeQuery();
            assertTrue(rows.next());
            return rows.getBytes(1);
        }
    }
}
