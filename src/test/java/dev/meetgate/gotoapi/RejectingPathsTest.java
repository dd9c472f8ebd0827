package dev.meetgate.gotoapi;

import static dev.meetgate.Api.asDemo;
import static dev.meetgate.Api.connectedUser;
import static dev.meetgate.Api.generation;
import static dev.meetgate.Api.meetings;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meetgate.Concurrently;
import dev.meetgate.Database;
import dev.meetgate.LogLines;
import dev.meetgate.Sandbox;
import dev.meetgate.caller.User;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** GoTo answers 401 for want of a scope too. */
@QuarkusTest
class RejectingPathsTest {

    private static final String REFRESH = "refresh_token";
    private static final String TYPED = "/v1/users/{user}/meetings/{meeting}/attendees";
    private static final String RAW = "/v1/users/{user}/goto/G2M/rest/meetings/{meeting}/attendees";

    @BeforeEach
    void reset() {
        Sandbox.reset();
    }

    @ParameterizedTest
    @CsvSource({TYPED + ", 401", RAW + ", 401", TYPED + ", 403"})
    @Tag("thorough")
    void refreshesOnceForAPathThatRejectsEveryToken(String path, int status) {
        String user = connectedUser();
        rejectEveryToken(status);

        for (int call = 0; call < 20; call++) {
            asDemo().get(path, user, 100_000_001 + call)
                    .then()
                    .statusCode(403)
                    .body("code", equalTo("forbidden-by-goto"))
                    .body("gotoStatus", equalTo(status));
        }
        assertEquals(1, Sandbox.tokenRequests(REFRESH));
    }

    @Test
    void refreshesOnceForConcurrentCallsOfAPathThatRejectsEveryToken() {
        String user = connectedUser();
        rejectEveryToken(401);

        assertEquals(Collections.nCopies(16, 403), Concurrently.run(16, caller -> attendees(user)));
        assertEquals(1, Sandbox.tokenRequests(REFRESH));
    }

    @Test
    void healsATokenThatIsRevokedEarlyAllTheSame() {
        String user = connectedUser();
        rejectEveryToken(401);
        assertEquals(403, attendees(user));
        Sandbox.clearFaults();
        Sandbox.expireAccessTokens();

        assertEquals(200, meetings(user).statusCode());
        assertEquals(3, generation(user));
        assertEquals(404, attendees(user));

        Sandbox.expireAccessTokens();
        assertEquals(404, attendees(user));
        assertEquals(4, generation(user));
    }

    @Test
    void endsARevokedConnectionAllTheSame() {
        String user = connectedUser();
        rejectEveryToken(401);
        assertEquals(403, attendees(user));
        Sandbox.clearFaults();
        Sandbox.revokeGrants();

        assertEquals(409, meetings(user).statusCode());
    }

    @Test
    void keepsAConnectionWithoutARefreshToken() {
        String user = withoutRefreshToken();
        rejectEveryToken(401);

        assertEquals(403, attendees(user));

        Sandbox.clearFaults();
        meetings(user).then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"check", "list"})
    void endsAConnectionWithoutARefreshTokenWhenItsTokenIsRevoked(String call) {
        String user = withoutRefreshToken();
        Sandbox.expireAccessTokens();

        if (call.equals("check")) {
            asDemo().post("/v1/users/{user}/connection/check", user)
                    .then()
                    .statusCode(200)
                    .body("status", equalTo("RECONNECT_REQUIRED"));
        }
        try (var log = new LogLines()) {
            meetings(user).then().statusCode(409);
            assertEquals(
                    call.equals("check") ? 0 : 1,
                    log.with("No refresh token is left: EXPIRED: tenant demo, user " + user)
                            .size());
        }
    }

    @Test
    void letsAPathTryAgainLater() {
        var paths = new RejectingPaths();
        var user = new User("acme", "alice");

        assertTrue(paths.mayHelp(user, "GET /a", 1, 0));
        assertFalse(paths.mayHelp(user, "GET /a", 2, seconds(29)));
        assertTrue(paths.mayHelp(user, "GET /a", 2, seconds(30)));
        assertFalse(paths.mayHelp(user, "GET /a", 3, seconds(30 + 59)));
        assertTrue(paths.mayHelp(user, "GET /a", 3, seconds(30 + 60)));
    }

    @Test
    void doesNotBlameANewConnectionOfTheUser() {
        var paths = new RejectingPaths();
        var user = new User("acme", "alice");
        paths.mayHelp(user, "GET /a", 7, 0);

        assertTrue(paths.mayHelp(user, "GET /a", 1, 1));
        assertFalse(paths.mayHelp(user, "GET /a", 2, 1));
    }

    private static long seconds(long seconds) {
        return seconds * 1_000_000_000;
    }

    private static void rejectEveryToken(int status) {
        Sandbox.faults("api", "STATUS", Map.of("status", status, "body", Map.of("errorCode", "InvalidToken")));
    }

    private static int attendees(String user) {
        return asDemo().get(TYPED, user, 100_000_001).statusCode();
    }

    private static String withoutRefreshToken() {
        String user = connectedUser();
        Database.update("update connection set sealed_refresh_token = null where user_id = ?", user);
        return user;
    }
}
