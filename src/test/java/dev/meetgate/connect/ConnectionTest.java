package dev.meetgate.connect;

import static dev.meetgate.Api.asDemo;
import static dev.meetgate.Api.asOther;
import static dev.meetgate.Api.connectLink;
import static dev.meetgate.Api.connectedUser;
import static dev.meetgate.Api.freshUser;
import static dev.meetgate.Api.walk;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meetgate.Browser;
import dev.meetgate.Database;
import dev.meetgate.Sandbox;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ConnectionTest {

    @BeforeEach
    void reset() {
        Sandbox.reset();
    }

    @Test
    void showsTheAccountAtGoTo() {
        asDemo().get("/v1/users/{user}/account", connectedUser())
                .then()
                .statusCode(200)
                .body("email", equalTo("jane.doe@example.com"))
                .body("lastName", equalTo("Doe"));
    }

    @Test
    void asksTheSecondEndpointForTheAccountWhenTheFirstFails() {
        String user = connectedUser();
        Sandbox.fault("me", "STATUS", Map.of("status", 403, "times", 2));

        asDemo().get("/v1/users/{user}/account", user)
                .then()
                .statusCode(200)
                .body("email", equalTo("jane.doe@example.com"));
    }

    @Test
    void connectsAnAccountThatGoToDoesNotDescribe() {
        Sandbox.fault("me", "STATUS", Map.of("status", 403));
        var nothing = new HashMap<String, Object>();
        nothing.put("emails", Collections.singletonList(null));
        Sandbox.fault("me", "STATUS", Map.of("status", 200, "body", nothing));

        asDemo().get("/v1/users/{user}/connection", connectedUser())
                .then()
                .statusCode(200)
                .body("account.email", equalTo("jane.doe@example.com"));
    }

    @Test
    void disconnectsAndRevokesTheGrant() {
        Database.update("delete from connection");
        String user = connectedUser();

        asDemo().delete("/v1/users/{user}/connection", user).then().statusCode(204);

        asDemo().get("/v1/users/{user}/connection", user).then().statusCode(404);
        assertEquals(List.of(false), Sandbox.grantsAlive());
        asDemo().delete("/v1/users/{user}/connection", user).then().statusCode(204);
    }

    @Test
    void revokesTheGrantOfADisconnectedUserBeforeOlderOnes() {
        Database.update("delete from connection");
        String user = connectedUser();
        walk(new Browser(), connectLink(user));
        Database.update(
                "insert into revocation (id, tenant, user_id, sealed_refresh_token, created_at, next_attempt_at)"
                        + " select gen_random_uuid(), tenant, user_id, sealed_refresh_token, created_at, next_attempt_at"
                        + " from revocation cross join generate_series(1, 25) where user_id = ?",
                user);

        asDemo().delete("/v1/users/{user}/connection", user).then().statusCode(204);

        assertEquals(false, Sandbox.grantsAlive().get(1));
        Database.update("delete from revocation where user_id = ?", user);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RESET", "EMPTY", "HTML"})
    void disconnectsWhateverTheRevocationEndpointAnswers(String kind) {
        String user = connectedUser();
        Sandbox.fault("revoke", kind);

        asDemo().delete("/v1/users/{user}/connection", user).then().statusCode(204);
        asDemo().get("/v1/users/{user}/connection", user).then().statusCode(404);
    }

    @Test
    void disconnectsWhenGoToIsDownOrSilent() {
        for (var fault :
                List.of(Map.<String, Object>of("status", 503), Map.<String, Object>of("delayMillis", 60_000))) {
            String user = connectedUser();
            Sandbox.fault("revoke", fault.containsKey("status") ? "STATUS" : "SLOW", fault);

            asDemo().delete("/v1/users/{user}/connection", user)
                    .then()
                    .statusCode(204)
                    .time(lessThanOrEqualTo(5000L));
            asDemo().get("/v1/users/{user}/connection", user).then().statusCode(404);
        }
    }

    @Test
    void checksTheConnectionByAskingGoTo() {
        String user = connectedUser();
        asDemo().post("/v1/users/{user}/connection/check", user)
                .then()
                .statusCode(200)
                .body("status", equalTo("CONNECTED"));

        // GoTo takes the token, whatever it says of meetings.
        for (int status : List.of(403, 404, 412)) {
            Sandbox.fault("api", "STATUS", Map.of("status", status));
            asDemo().post("/v1/users/{user}/connection/check", user)
                    .then()
                    .statusCode(200)
                    .body("status", equalTo("CONNECTED"));
        }

        Sandbox.revokeGrants();
        asDemo().post("/v1/users/{user}/connection/check", user)
                .then()
                .statusCode(200)
                .body("status", equalTo("RECONNECT_REQUIRED"))
                .body("reason", equalTo("REVOKED"));

        asDemo().post("/v1/users/{user}/connection/check", freshUser()).then().statusCode(404);
    }

    @Test
    void listsConnectionsPageByPage() {
        var users = List.of(connectedUser(), connectedUser(), connectedUser());

        var seen = new ArrayList<String>();
        String cursor = "";
        while (cursor != null) {
            var page = asDemo().get("/v1/connections?limit=2&cursor={cursor}", cursor)
                    .then()
                    .statusCode(200)
                    .extract();
            List<String> found = page.path("items.user");
            assertTrue(found.size() <= 2);
            seen.addAll(found);
            cursor = page.path("nextCursor");
        }
        assertTrue(seen.containsAll(users));
        assertEquals(seen.stream().distinct().sorted().toList(), seen);

        asDemo().get("/v1/connections?status=RECONNECT_REQUIRED&limit=200")
                .then()
                .statusCode(200)
                .body("items.findAll { it.status != 'RECONNECT_REQUIRED' }.size()", equalTo(0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"limit=0", "limit=201", "limit=x", "limit=-1", "status=connected", "cursor=%C3%A9", "cursor=AAAA"
            })
    void namesTheWrongParameter(String query) {
        asDemo().get("/v1/connections?" + query)
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid-request"))
                .body("field", equalTo(query.split("=")[0]));
    }

    @Test
    void hidesConnectionsFromOtherTenants() {
        Database.update("delete from connection where tenant = 'other'");
        String user = connectedUser();

        asOther()
                .get("/v1/users/{user}/connection", user)
                .then()
                .statusCode(404)
                .body("code", equalTo("not-connected"));
        asOther().get("/v1/users/{user}/meetings", user).then().statusCode(404).body("code", equalTo("not-connected"));
        asOther().delete("/v1/users/{user}/connection", user).then().statusCode(204);
        asOther()
                .get("/v1/connections")
                .then()
                .statusCode(200)
                .body("items.size()", equalTo(0))
                .body("nextCursor", nullValue());
        asDemo().get("/v1/users/{user}/connection", user).then().statusCode(200);
    }

    static Stream<String> usersOfAllSorts() {
        return Stream.of(
                "a",
                "x".repeat(200),
                "with/slash",
                "with%2Fpercent",
                "ünï¢ødé 😀",
                "a..b",
                "+&=?#;",
                "\"quoted\"",
                "alice@example.com");
    }

    @ParameterizedTest
    @MethodSource("usersOfAllSorts")
    @Tag("thorough")
    void acceptsAnyTextAsAUserId(String user) {
        String link = asDemo().post("/v1/users/{user}/connect-links", user)
                .then()
                .statusCode(201)
                .extract()
                .path("url");
        assertTrue(walk(new Browser(), link).contains("status=connected"));

        asDemo().get("/v1/users/{user}/connection", user).then().statusCode(200).body("user", equalTo(user));
        asDemo().delete("/v1/users/{user}/connection", user).then().statusCode(204);
    }

    @Test
    void refusesUserIdsThatAreTooLongOrUnprintable() {
        for (String user : List.of("x".repeat(201), "a\u0000b", "a\nb", " ")) {
            asDemo().post("/v1/users/{user}/connect-links", user)
                    .then()
                    .statusCode(400)
                    .body("code", equalTo("invalid-request"))
                    .body("field", equalTo("user"));
        }
        asDemo().urlEncodingEnabled(false)
                .post("/v1/users//connect-links")
                .then()
                .statusCode(404)
                .body("code", equalTo("not-found"));
    }
}
