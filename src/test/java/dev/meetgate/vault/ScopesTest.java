package dev.meetgate.vault;

import static dev.meetgate.Api.asDemo;
import static dev.meetgate.Api.connectLink;
import static dev.meetgate.Api.connectedUser;
import static dev.meetgate.Api.freshUser;
import static dev.meetgate.Api.meetings;
import static dev.meetgate.Api.walk;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meetgate.Browser;
import dev.meetgate.LogLines;
import dev.meetgate.Sandbox;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scopes that the token endpoint names. */
@QuarkusTest
class ScopesTest {

    @BeforeEach
    void reset() {
        Sandbox.reset();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "identity:scim.me collab:",
                "identity:scim.me,collab:",
                "identity:scim.me, COLLAB:",
                " identity:scim.me  Collab: collab: ",
                "identity:scim.me\ncollab:,"
            })
    void takesTheSameScopesInAnotherFormForTheSame(String scope) {
        Sandbox.set("answeredScope", scope);
        String user = connectedUser();
        connection(user).body("scopes", contains("identity:scim.me", "collab:"));

        Sandbox.expireAccessTokens();
        meetings(user).then().statusCode(200);
        connection(user)
                .body("generation", equalTo(2))
                .body("status", equalTo("CONNECTED"))
                .body("scopes", contains("identity:scim.me", "collab:"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ","})
    void takesNoScopesForTheRequestedOnes(String scope) {
        Sandbox.set("answeredScope", scope);

        connection(connectedUser()).body("scopes", contains("collab:"));
    }

    @Test
    void tellsTheOperatorWhatAConsentLacks() {
        Sandbox.set("answeredScope", "IDENTITY:scim.me");
        String user = freshUser();
        try (var log = new LogLines()) {
            assertTrue(walk(new Browser(), connectLink(user)).contains("problem=scope-missing"));
            assertEquals(1, log.with("[collab:]: tenant demo, user " + user).size());
        }
        connection(user).body("reason", equalTo("SCOPE_MISSING")).body("scopes", contains("IDENTITY:scim.me"));
    }

    /** The connection stays usable for what its scopes allow, so that nobody connects again and again. */
    @Test
    void tellsOnceThatARefreshLostAScope() {
        String user = connectedUser();
        Sandbox.set("answeredScope", "identity:scim.me");
        try (var log = new LogLines()) {
            for (int refreshes = 1; refreshes <= 3; refreshes++) {
                Sandbox.expireAccessTokens();
                meetings(user).then().statusCode(200);
                assertEquals(refreshes, Sandbox.tokenRequests("refresh_token"));
            }
            assertEquals(1, log.with("[collab:]: tenant demo, user " + user).size());
        }
        connection(user)
                .body("status", equalTo("CONNECTED"))
                .body("reason", nullValue())
                .body("scopes", contains("identity:scim.me"));
    }

    /** RFC 6749 §6 */
    @Test
    void takesNoMoreScopesFromARefreshThanTheUserGranted() {
        Sandbox.set("answeredScope", "collab:");
        String user = connectedUser();
        Sandbox.set("answeredScope", "collab: identity:scim.me webinars:write");

        Sandbox.expireAccessTokens();
        meetings(user).then().statusCode(200);
        connection(user).body("generation", equalTo(2)).body("scopes", contains("collab:"));
    }

    private static ValidatableResponse connection(String user) {
        return asDemo().get("/v1/users/{user}/connection", user).then().statusCode(200);
    }
}
