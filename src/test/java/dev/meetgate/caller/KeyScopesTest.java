package dev.meetgate.caller;

import static dev.meetgate.Api.freshUser;
import static dev.meetgate.Api.local;
import static dev.meetgate.caller.Callers.as;
import static dev.meetgate.caller.Callers.with;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meetgate.Await;
import dev.meetgate.Browser;
import dev.meetgate.Database;
import dev.meetgate.openapi.Description;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What API keys with scopes and an end may do. */
@QuarkusTest
@TestProfile(Callers.class)
class KeyScopesTest {

    private final String user = freshUser();

    @Inject
    WrongKeys wrongKeys;

    /** The OpenAPI document and the annotations of the resources name the same scope. */
    @ParameterizedTest
    @MethodSource
    void demandsTheScopeThatTheDocumentNames(String method, String path, String scope) {
        String lacking = scope.equals("operate") ? "reader" : "cron";

        assertTrue(Scopes.ALL.contains(scope), scope);
        refused(scope, as(lacking, method, path.replace("{user}", user).replaceAll("\\{[^}]*}", "1")));
    }

    static Stream<Arguments> demandsTheScopeThatTheDocumentNames() {
        return Description.current()
                .operations()
                .filter(operation -> operation.path().startsWith("/v1/"))
                .map(operation -> Arguments.of(
                        operation.method(),
                        operation.path(),
                        operation.description().at("/security/0/apiKey/0").asText()));
    }

    @Test
    void letsAKeyForUpkeepDoNothingElse() {
        List<String> allowed = demandsTheScopeThatTheDocumentNames()
                .filter(operation -> operation.get()[2].equals("operate"))
                .map(operation -> operation.get()[0] + " " + operation.get()[1])
                .toList();

        assertEquals(List.of("POST /v1/upkeep"), allowed);
    }

    @Test
    void letsAKeyForUpkeepDoUpkeep() {
        as("cron", "POST", "/v1/upkeep").then().statusCode(200);
        as("demo-key", "POST", "/v1/upkeep").then().statusCode(200);
    }

    @Test
    void letsAReaderRead() {
        as("reader", "GET", "/v1/connections").then().statusCode(200);
        as("next-reader", "GET", "/v1/users/" + user + "/meetings").then().statusCode(404);
        refused("meetings:write", as("reader", "DELETE", "/v1/users/" + user + "/meetings/1"));
        refused("operate", as("reader", "POST", "/v1/upkeep"));
    }

    @Test
    void endsWithTheKey() {
        as("old", "GET", "/v1/connections")
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", "Bearer realm=\"meetgate\", error=\"invalid_token\"");
        as("all", "GET", "/v1/connections").then().statusCode(200).body("items.size()", equalTo(0));
    }

    @Test
    void showsPeopleNothingThatAnEndedKeyCouldDo() {
        String link = with("linker")
                .body(Map.of())
                .post("/v1/users/{user}/connect-links", user)
                .then()
                .statusCode(201)
                .extract()
                .path("url");

        String page = new Browser().open(local(link)).body();
        assertTrue(page.contains("See your meetings"), page);
    }

    @Test
    void tellsTheKeysTenantAloneThatItIsUsedAfterItsEnd() {
        String entries = "audit_entry where action = 'credential.refuse' and outcome = 'refused'"
                + " and origin ->> 'kind' = 'key' and origin ->> 'name' = 'old' and tenant ";
        long before = Database.count(entries + "= 'demo'");
        as("old", "GET", "/v1/connections");

        wrongKeys.sumUp();

        Await.until(() -> Database.count(entries + "= 'demo'") > before);
        assertEquals(0, Database.count(entries + "<> 'demo'"));
    }

    private static void refused(String scope, Response answer) {
        answer.then()
                .statusCode(403)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", containsString("error=\"insufficient_scope\", scope=\"" + scope + "\""))
                .body("code", equalTo("forbidden"))
                .body("scope", equalTo(scope));
    }
}
