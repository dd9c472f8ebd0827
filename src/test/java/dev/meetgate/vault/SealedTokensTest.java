package dev.meetgate.vault;

import static dev.meetgate.Api.asDemo;
import static dev.meetgate.Api.asOther;
import static dev.meetgate.Api.connectLink;
import static dev.meetgate.Api.connectedUser;
import static dev.meetgate.Api.freshUser;
import static dev.meetgate.Api.walk;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meetgate.Browser;
import dev.meetgate.Database;
import dev.meetgate.Sandbox;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A sealed token does not open in the row of another user or of another tenant. */
@QuarkusTest
class SealedTokensTest {

    private static final String MEETINGS = "/v1/users/{user}/meetings";

    @BeforeEach
    void reset() {
        Sandbox.reset();
    }

    @AfterEach
    void deleteBrokenConnections() {
        Database.update("delete from connection");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sealed_access_token", "sealed_refresh_token"})
    void doesNotOpenForAnotherUser(String column) {
        String alice = connectedUser();
        String bob = connectedUser();
        Sandbox.expireAccessTokens();
        assertEquals(
                1,
                Database.update(
                        "update connection bob set %1$s = alice.%1$s from connection alice where alice.user_id = ? and bob.user_id = ?"
                                .formatted(column),
                        alice,
                        bob));

        assertDoesNotOpen(asDemo().get(MEETINGS, bob));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sealed_access_token", "sealed_refresh_token"})
    void doesNotOpenForAnotherTenant(String column) {
        String user = freshUser();
        String linkOfOther =
                asOther().post("/v1/users/{user}/connect-links", user).path("url");
        for (String link : new String[] {connectLink(user), linkOfOther}) {
            assertTrue(walk(new Browser(), link).contains("status=connected"));
        }
        Sandbox.expireAccessTokens();
        assertEquals(
                1,
                Database.update(
                        "update connection other set %1$s = demo.%1$s from connection demo where demo.tenant = 'demo' and other.tenant = 'other' and demo.user_id = ? and other.user_id = demo.user_id"
                                .formatted(column),
                        user));

        assertDoesNotOpen(asOther().get(MEETINGS, user));
    }

    private static void assertDoesNotOpen(Response answer) {
        answer.then().statusCode(500).body("code", equalTo("internal-error"));
        assertEquals(0, Sandbox.tokenRequests("refresh_token"));
    }
}
