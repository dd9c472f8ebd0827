package dev.meetgate.caller;

import static dev.meetgate.Api.freshUser;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meetgate.openapi.Description;
import dev.meetgate.secret.Sha256;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What API keys with scopes and an end may do. */
@QuarkusTest
@TestProfile(KeyScopesTest.NamedKeys.class)
class KeyScopesTest {

    public static class NamedKeys implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "meetgate.tenants.demo.keys.cron.sha256",
                    sha256("cron"),
                    "meetgate.tenants.demo.keys.cron.scopes",
                    "operate",
                    "meetgate.tenants.demo.keys.reader.sha256",
                    sha256("reader") + "," + sha256("next-reader"),
                    "meetgate.tenants.demo.keys.reader.scopes",
                    "connections:read, meetings:read",
                    "meetgate.tenants.demo.keys.old.sha256",
                    sha256("old"),
                    "meetgate.tenants.demo.keys.old.expires",
                    "2026-01-01T00:00:00Z",
                    "meetgate.tenants.ops.keys.all.sha256",
                    sha256("all"),
                    "meetgate.tenants.ops.keys.all.expires",
                    "2999-01-01T00:00:00Z");
        }
    }

    private final String user = freshUser();

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

    private static void refused(String scope, Response answer) {
        answer.then()
                .statusCode(403)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", containsString("error=\"insufficient_scope\", scope=\"" + scope + "\""))
                .body("code", equalTo("forbidden"))
                .body("scope", equalTo(scope));
    }

    private static Response as(String key, String method, String path) {
        return given().header("Authorization", "Bearer " + key)
                .contentType(ContentType.JSON)
                .request(method, path);
    }

    private static String sha256(String key) {
        return HexFormat.of().formatHex(Sha256.of(key));
    }
}
