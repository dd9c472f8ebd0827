package dev.meetgate.vault;

import static dev.meetgate.Api.RETURN_URL;
import static dev.meetgate.Api.asDemo;
import static dev.meetgate.Api.asOther;
import static dev.meetgate.Api.connectLink;
import static dev.meetgate.Api.connectedUser;
import static dev.meetgate.Api.meetings;
import static dev.meetgate.Api.planning;
import static dev.meetgate.Api.walk;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meetgate.Browser;
import dev.meetgate.Database;
import dev.meetgate.LogLines;
import dev.meetgate.Sandbox;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Users who connect again with the same or another GoTo account, and accounts with several connections. */
@QuarkusTest
class AccountChangeTest {

    private static final Map<String, Object> DOWN = Map.of("status", 503);

    private final Map<String, String> planning = planning();

    @BeforeEach
    void reset() {
        Sandbox.reset();
        Database.update("delete from connection");
        Database.update("delete from revocation");
    }

    @Test
    void keepsEverythingForTheSameAccount() {
        String user = connectedUser();
        var meeting = createdOnce(user);

        connectAgain(user, "jane.doe@example.com");

        assertEquals(meeting, createdOnce(user));
        connection(user).body("account.organizerKey", notNullValue()).body("generation", equalTo(2));
        assertEquals(0, Sandbox.requests("revoke"));
        assertEquals(List.of(true, true), Sandbox.grantsAlive());
    }

    @Test
    void keepsEverythingWhenOnlyTheEmailAddressChanged() {
        String user = connectedUser();
        var meeting = createdOnce(user);
        Database.update("update connection set email = 'jane.smith@example.com' where user_id = ?", user);

        connectAgain(user, "jane.doe@example.com");

        assertEquals(meeting, createdOnce(user));
        connection(user).body("account.email", equalTo("jane.doe@example.com"));
        assertEquals(List.of(true, true), Sandbox.grantsAlive());
    }

    @Test
    @Tag("thorough")
    void keepsEverythingWhenTheSameAccountCannotBeNamedAtOnce() {
        String user = connectedUser();
        var meeting = createdOnce(user);

        Sandbox.faults("me", "STATUS", DOWN);
        connectAgain(user, "jane.doe@example.com");
        connection(user).body("account.lastName", equalTo("Doe"));
        Sandbox.clearFaults();
        asDemo().get("/v1/users/{user}/account", user).then().statusCode(200);

        assertEquals(meeting, createdOnce(user));
        connection(user).body("account.organizerKey", notNullValue());
        assertEquals(List.of(true, true), Sandbox.grantsAlive());
    }

    @Test
    void forgetsTheMeetingsOfThePreviousAccountAndRevokesItsGrant() {
        String user = connectedUser();
        var meeting = createdOnce(user);

        try (var log = new LogLines()) {
            connectAgain(user, "sam.lee@example.com");
            assertEquals(
                    1,
                    log.with("another GoTo account: tenant demo, user " + user).size());
        }

        assertPreviousAccountIsGone(user, meeting);
        connection(user)
                .body("account.email", equalTo("sam.lee@example.com"))
                .body("account.organizerKey", equalTo("2345678901234567891"))
                .body("generation", equalTo(2));
    }

    /** The e-mail address of the consent tells it. */
    @Test
    @Tag("thorough")
    void noticesAnotherAccountThatCannotBeNamedAtOnce() {
        String user = connectedUser();
        var meeting = createdOnce(user);

        Sandbox.faults("me", "STATUS", DOWN);
        connectAgain(user, "sam.lee@example.com");
        Sandbox.clearFaults();

        assertPreviousAccountIsGone(user, meeting);
        connection(user).body("account.organizerKey", nullValue());
        asDemo().get("/v1/users/{user}/account", user).then().body("lastName", equalTo("Lee"));
        connection(user).body("account.organizerKey", equalTo("2345678901234567891"));
    }

    /** The previous account had the same e-mail address, but other keys. */
    @ParameterizedTest
    @ValueSource(strings = {"account", "check"})
    @Tag("thorough")
    void noticesAnotherAccountWhenItIsNamedLater(String call) {
        String user = connectedUser();
        var meeting = createdOnce(user);
        Database.update("update connection set organizer_key = '999' where user_id = ?", user);

        Sandbox.faults("me", "STATUS", DOWN);
        connectAgain(user, "jane.doe@example.com");
        assertEquals(0, Sandbox.requests("revoke"));
        Sandbox.clearFaults();
        String path = "/v1/users/{user}/" + (call.equals("check") ? "connection/check" : call);
        asDemo().request(call.equals("check") ? "POST" : "GET", path, user)
                .then()
                .statusCode(200);

        assertPreviousAccountIsGone(user, meeting);
    }

    @Test
    void noticesAnotherAccountAfterTheConnectionHasEnded() {
        String user = connectedUser();
        var meeting = createdOnce(user);
        Sandbox.revokeGrants();
        meetings(user).then().statusCode(409);

        connectAgain(user, "sam.lee@example.com");

        assertNotEquals(meeting, createdOnce(user));
        // GoTo itself has ended the previous grant.
        assertEquals(0, Sandbox.requests("revoke"));
    }

    private void assertPreviousAccountIsGone(String user, Map<String, Object> meeting) {
        assertEquals(List.of(false, true), Sandbox.grantsAlive());
        assertEquals(0, Database.count("known_meeting where user_id = '" + user + "'"));
        var another = createdOnce(user);
        assertNotEquals(meeting.get("id"), another.get("id"));
        assertNotEquals(meeting.get("joinUrl"), another.get("joinUrl"));
        meetings(user).then().statusCode(200);
    }

    @Test
    void revokesAConsentOfAnotherAccountThatIsNotStored() {
        String user = connectedUser();
        Sandbox.set("grantedScope", "identity:scim.me");
        Sandbox.set("consentAccount", "sam.lee@example.com");

        assertTrue(walk(new Browser(), connectLink(user)).contains("problem=scope-missing"));

        assertEquals(List.of(true, false), Sandbox.grantsAlive());
        connection(user).body("account.email", equalTo("jane.doe@example.com")).body("status", equalTo("CONNECTED"));
    }

    @Test
    void keepsTheGrantWhileAnotherUserHasTheAccount() {
        String first = connectedUser();
        String second = connectedUser();

        disconnect(first);

        assertEquals(0, Sandbox.requests("revoke"));
        connectionIsGone(first);
        meetings(second).then().statusCode(200);

        disconnect(second);
        due();
        assertEquals(List.of(false, false), Sandbox.grantsAlive());
        assertEquals(0, Database.count("revocation"));
    }

    @Test
    void keepsTheGrantWhileAUserOfAnotherTenantHasTheAccount() {
        String user = connectedUser();
        String link = asOther()
                .post("/v1/users/{user}/connect-links", user)
                .then()
                .statusCode(201)
                .extract()
                .path("url");
        walk(new Browser(), link);

        disconnect(user);

        assertEquals(List.of(true, true), Sandbox.grantsAlive());
        asOther().get("/v1/users/{user}/meetings", user).then().statusCode(200);
    }

    /** Neither has the account's key. */
    @Test
    @Tag("thorough")
    void knowsASharedAccountByItsEmailAddress() {
        Sandbox.faults("me", "STATUS", DOWN);
        String first = connectedUser();
        String second = connectedUser();
        Database.update("update connection set email = upper(email) where user_id = ?", second);

        disconnect(first);

        assertEquals(0, Sandbox.requests("revoke"));
        meetings(second).then().statusCode(200);
    }

    @Test
    void revokesTheGrantOfAnAccountWhoseOtherConnectionHasEnded() {
        String first = connectedUser();
        connectedUser();
        Database.update(
                "update connection set status = 'RECONNECT_REQUIRED', reason = 'REVOKED' where user_id <> ?", first);

        disconnect(first);

        assertEquals(List.of(false, true), Sandbox.grantsAlive());
    }

    @Test
    void revokesTheGrantOfAnAccountThatNobodyElseHas() {
        String jane = connectedUser();
        connectedUser("sam.lee@example.com");

        disconnect(jane);

        assertEquals(List.of(false, true), Sandbox.grantsAlive());
    }

    /** Another user connects again with another account, and the shared account stays with the first. */
    @Test
    void keepsAPreviousGrantWhileAnotherUserHasTheAccount() {
        String first = connectedUser();
        String second = connectedUser();

        connectAgain(second, "sam.lee@example.com");

        assertEquals(0, Sandbox.requests("revoke"));
        meetings(first).then().statusCode(200);
        meetings(second).then().statusCode(200);
    }

    @Test
    @Tag("thorough")
    void namesAnAccountThatCouldNotBeNamedAtOnce() {
        Sandbox.faults("me", "STATUS", DOWN);
        String user = connectedUser();
        connection(user).body("account.organizerKey", nullValue());
        asDemo().delete("/v1/users/{user}/sessions/4711", user).then().statusCode(503);
        Sandbox.clearFaults();
        Sandbox.expireAccessTokens();
        Sandbox.addSessions(Map.of("meetingId", 1, "sessionId", 4711, "start", "2020-01-01T00:00:00Z"));

        asDemo().delete("/v1/users/{user}/sessions/4711", user).then().statusCode(204);

        connection(user).body("account.organizerKey", notNullValue());
    }

    @Test
    @Tag("thorough")
    void namesAnAccountWhenItIsAskedFor() {
        Sandbox.faults("me", "STATUS", DOWN);
        String user = connectedUser();
        Sandbox.clearFaults();

        asDemo().get("/v1/users/{user}/account", user).then().statusCode(200);

        connection(user).body("account.organizerKey", notNullValue());
    }

    private static void connectAgain(String user, String account) {
        Sandbox.set("consentAccount", account);
        assertEquals(RETURN_URL + "&status=connected&user=" + user, walk(new Browser(), connectLink(user)));
    }

    /** Creates a meeting with a key that is always the same. */
    private Map<String, Object> createdOnce(String user) {
        return asDemo().header("Idempotency-Key", "once")
                .body(planning)
                .post("/v1/users/{user}/meetings", user)
                .then()
                .statusCode(201)
                .extract()
                .path("$");
    }

    private static ValidatableResponse connection(String user) {
        return asDemo().get("/v1/users/{user}/connection", user).then().statusCode(200);
    }

    private static void connectionIsGone(String user) {
        asDemo().get("/v1/users/{user}/connection", user).then().statusCode(404);
        assertEquals(0, Database.count("connection where user_id = '" + user + "'"));
    }

    private static void disconnect(String user) {
        asDemo().delete("/v1/users/{user}/connection", user).then().statusCode(204);
    }

    private static void due() {
        Database.update("update revocation set next_attempt_at = now()");
        asDemo().post("/v1/upkeep").then().statusCode(200);
    }
}
