package dev.meetgate.console;

import static dev.meetgate.Api.asDemo;
import static dev.meetgate.Api.connectLink;
import static dev.meetgate.Api.connectedUser;
import static dev.meetgate.Api.createdMeeting;
import static dev.meetgate.Api.freshUser;
import static dev.meetgate.Api.meetings;
import static dev.meetgate.Api.planning;
import static dev.meetgate.Api.walk;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meetgate.Api;
import dev.meetgate.Await;
import dev.meetgate.Browser;
import dev.meetgate.Concurrently;
import dev.meetgate.Database;
import dev.meetgate.Sandbox;
import dev.meetgate.local.LocalSurroundings;
import dev.meetgate.secret.Sha256;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The console as in dev mode, without sign-in. */
@QuarkusTest
@TestProfile(ConsoleTest.Open.class)
class ConsoleTest {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwAAECAwQFBgc=";

    public static class Open implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            var settings = new HashMap<String, String>();
            settings.put("meetgate.console.open", "true");
            settings.put("meetgate.webhook-private-targets", "true");
            settings.put(
                    "meetgate.tenants.demo.webhook-url",
                    LocalSurroundings.settings().get("goto.api-url") + "/webhook?key=canary-of-a-webhook");
            settings.put("meetgate.tenants.demo.webhook-secret", SECRET);
            settings.put("meetgate.tenants.demo.keys.reader.sha256", sha256("reader-key"));
            settings.put("meetgate.tenants.demo.keys.reader.scopes", "connections:read");
            settings.put("meetgate.tenants.late.keys.old.sha256", sha256("late-key"));
            settings.put("meetgate.tenants.late.keys.old.expires", "2026-01-01T00:00:00Z");
            settings.put("meetgate.tenants.late.display-name", "<b>Late & \"early\"</b>");
            return settings;
        }
    }

    private static String sha256(String text) {
        return HexFormat.of().formatHex(Sha256.of(text));
    }

    @BeforeEach
    void reset() {
        Sandbox.reset();
        Database.update("delete from delivery");
        Database.update("update webhook set disabled_at = null, paused_until = null");
    }

    private static ValidatableResponse json(String path, Object... values) {
        return given().header("Accept", "application/json")
                .get(path, values)
                .then()
                .statusCode(200)
                .contentType("application/json");
    }

    private static ValidatableResponse page(String path, Object... values) {
        return given().header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
                .get(path, values)
                .then()
                .statusCode(200)
                .contentType("text/html")
                .header("Content-Security-Policy", containsString("default-src 'none'"))
                .header("Cache-Control", "no-store");
    }

    private static ValidatableResponse story(String tenant, String user) {
        return json("/console/users/{tenant}/{user}", tenant, user);
    }

    private static ValidatableResponse story(String user) {
        return story("demo", user);
    }

    /** Failed calls are stored a moment after their answers. */
    private static void awaitFailure(String user, String code) {
        Await.until(
                () -> Database.count("failed_call where user_id = '%s' and code = '%s'".formatted(user, code)) == 1);
    }

    private static void shows(String user, String state, String code, String whose) {
        story(user)
                .body("headline.state", equalTo(state))
                .body("headline.cause.code", equalTo(code))
                .body("headline.cause.whose", equalTo(whose));
        String next = story(user).extract().path("headline.cause.next");
        page("/console/users/demo/{user}", user)
                .body(containsString(escaped(next)))
                .body(containsString("note " + (state.equals("partly") ? "warn" : "bad")));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("'", "&#39;").replace("\"", "&quot;");
    }

    @Test
    void tellsThatCallsWork() {
        String user = connectedUser();
        String meeting = createdMeeting(user);

        story(user)
                .body("headline.state", equalTo("works"))
                .body("headline.cause", nullValue())
                .body("connection.status", equalTo("CONNECTED"))
                .body("moments.title", hasItems("A connect link was made", "The user connected"))
                .body("moments.title", hasItem("A meeting was made: " + meeting))
                .body("moments.title", hasItem("Event dev.meetgate.connection.connected"));
        page("/console/users/demo/{user}", user)
                .body(containsString("Calls for %s work, as far as MeetGate knows.".formatted(user)));
    }

    @Test
    void tellsOfAUserWhoNeverConnected() {
        String user = freshUser();
        shows(user, "fails", "never-connected", "the tenant's");

        connectLink(user);
        shows(user, "fails", "link-unused", "the tenant's");
    }

    @Test
    void tellsOfAUserWhoDidNotAgree() {
        String user = freshUser();
        Sandbox.set("consent", "DENY");
        walk(new Browser(), connectLink(user));

        shows(user, "fails", "link-denied", "the tenant's");
        story(user).body("moments.title", hasItem(containsString("connect_link.denied")));
    }

    @Test
    void tellsWhoseMatterAFailedAttemptIs() {
        Map<String, List<String>> causes = Map.of(
                "unauthorized_client", List.of("link-failed-at-meetgate", "MeetGate's"),
                "server_error", List.of("link-failed", "GoTo's"));
        causes.forEach((answer, cause) -> {
            String user = freshUser();
            Sandbox.set("consent", answer);
            walk(new Browser(), connectLink(user));

            shows(user, "fails", cause.get(0), cause.get(1));
            story(user)
                    .body(
                            "moments.find { it.title.contains('connect_link.failed') }.cause.whose",
                            equalTo(cause.get(1)));
        });
    }

    @Test
    void tellsOfADisconnectedUser() {
        String user = connectedUser();
        asDemo().delete("/v1/users/{user}/connection", user).then().statusCode(204);

        shows(user, "fails", "disconnected", "the tenant's");
    }

    @Test
    void tellsOfADisconnectedUserAfterManyRefusedCalls() {
        String user = connectedUser();
        asDemo().delete("/v1/users/{user}/connection", user).then().statusCode(204);
        Database.update("""
                insert into audit_entry (tenant, user_id, action, target, outcome, code, origin)
                select 'demo', ?, 'meeting.delete', n, 'refused', 'not-connected',
                       '{"kind": "key", "name": "default", "requestId": "1"}'
                  from generate_series(1, 60) as n
                """, user);

        shows(user, "fails", "disconnected", "the tenant's");
        asDemo().get("/v1/audit?limit=1").then().statusCode(200);
        shows(user, "fails", "disconnected", "the tenant's");
        connectLink(user);
        shows(user, "fails", "link-unused", "the tenant's");
    }

    @Test
    void tellsOfARevokedGrant() {
        String user = connectedUser();
        Sandbox.expireAccessTokens();
        Sandbox.revokeGrants();
        meetings(user).then().statusCode(409);

        shows(user, "fails", "revoked", "GoTo's");
        awaitFailure(user, "reconnect-required");
        story(user)
                .body("connection.reason", equalTo("REVOKED"))
                .body("failedCalls[0].operation", equalTo("GET /v1/users/{user}/meetings"))
                .body("failedCalls[0].number", equalTo(1));
    }

    @Test
    void tellsOfTheOtherReasonsOfTheContract() {
        for (String reason : List.of("EXPIRED", "OUTCOME_UNKNOWN", "SCOPE_MISSING")) {
            String user = connectedUser();
            Database.update(
                    "update connection set status = 'RECONNECT_REQUIRED', reason = ? where user_id = ?", reason, user);
            String code = reason.toLowerCase(Locale.ROOT).replace('_', '-');
            Map<String, String> whose =
                    Map.of("expired", "GoTo's", "outcome-unknown", "MeetGate's", "scope-missing", "the tenant's");
            shows(user, "fails", code, whose.get(code));
        }
    }

    @Test
    void tellsOfAnAccountWithoutLicence() {
        String user = connectedUser();
        Sandbox.fault("api", "STATUS", Map.of("status", 403, "body", Map.of("errorCode", "AUTHZ_INSUFFICIENT_SCOPE")));
        meetings(user).then().statusCode(403);
        awaitFailure(user, "forbidden-by-goto");

        shows(user, "fails", "forbidden-by-goto", "GoTo's");
        story(user).body("failedCalls[0].atGoTo", containsString("status 403"));
    }

    @Test
    @Tag("thorough")
    void tellsOfWhatAllCallsFailFromAfterABadRequest() {
        String user = connectedUser();
        Sandbox.fault("api", "STATUS", Map.of("status", 403));
        meetings(user).then().statusCode(403);
        awaitFailure(user, "forbidden-by-goto");
        asDemo().body(Map.of("unknown", "x"))
                .post("/v1/users/{user}/meetings", user)
                .then()
                .statusCode(400);
        awaitFailure(user, "invalid-request");

        shows(user, "fails", "forbidden-by-goto", "GoTo's");
    }

    @Test
    void tellsOfAnInternalError() {
        String user = connectedUser();
        Database.update(
                "update connection set sealed_access_token = another.sealed_access_token from connection another"
                        + " where another.user_id = ? and connection.user_id = ?",
                connectedUser(),
                user);
        meetings(user).then().statusCode(500);
        awaitFailure(user, "internal-error");

        shows(user, "fails", "internal-error", "MeetGate's");
        Database.update("delete from connection where user_id = ?", user);
    }

    @Test
    void forgetsAFailureAfterACallThatWorked() {
        String user = connectedUser();
        Sandbox.fault("api", "STATUS", Map.of("status", 403));
        meetings(user).then().statusCode(403);
        awaitFailure(user, "forbidden-by-goto");
        createdMeeting(user);

        story(user).body("headline.state", equalTo("works")).body("failedCalls", hasSize(1));
    }

    @Test
    @Tag("thorough")
    void tellsOfRejectedValues() {
        String user = connectedUser();
        Sandbox.fault("api", "STATUS", Map.of("status", 400));
        asDemo().body(planning()).post("/v1/users/{user}/meetings", user).then().statusCode(422);
        awaitFailure(user, "rejected-by-goto");

        shows(user, "partly", "rejected-by-goto", "the tenant's");
    }

    @Test
    void tellsOfASpentBudget() {
        String user = connectedUser();
        Sandbox.fault("api", "STATUS", Map.of("status", 429, "retryAfter", "600"));
        asDemo().header("Request-Timeout", "1")
                .get("/v1/users/{user}/meetings", user)
                .then()
                .statusCode(429);
        awaitFailure(user, "rate-limited");

        shows(user, "fails", "rate-limited", "MeetGate's");
    }

    @Test
    @Tag("thorough")
    void tellsThatGoToIsDown() {
        String user = connectedUser();
        Sandbox.fault("api", "STATUS", Map.of("status", 503, "times", 0));
        asDemo().header("Request-Timeout", "2")
                .get("/v1/users/{user}/meetings", user)
                .then()
                .statusCode(503);
        Sandbox.clearFaults();
        awaitFailure(user, "goto-unavailable");

        shows(user, "fails", "goto-unavailable", "GoTo's");
    }

    @Test
    void tellsOfAWrongClientSecret() {
        String user = connectedUser();
        Sandbox.expireAccessTokens();
        Sandbox.fault("token", "STATUS", Map.of("status", 401, "body", Map.of("error", "invalid_client"), "times", 0));
        meetings(user).then().statusCode(503);
        awaitFailure(user, "goto-unavailable");

        shows(user, "fails", "client-rejected", "MeetGate's");
        Sandbox.clearFaults();
        meetings(user).then().statusCode(200);
        story(user)
                .body("headline.state", equalTo("works"))
                .body("moments.kind", hasItem("refreshed"))
                .body("moments.title", hasItem("GoTo issued new tokens: generation 2"));
    }

    @Test
    void tellsOfAWebhookThatIsOff() {
        String user = connectedUser();
        Database.update("update webhook set disabled_at = now() where tenant = 'demo'");

        shows(user, "partly", "webhook-off", "the tenant's");
        json("/console").body("webhooks.find { it.tenant == 'demo' }.disabledAt", not(nullValue()));
        page("/console").body(containsString("<span class=\"badge bad\">off</span>"));
    }

    @Test
    void tellsWhetherAnEventIsTriedAgain() {
        String user = connectedUser();
        String delivery = "delivery where user_id = '%s' and state = 'DELIVERED'".formatted(user);
        Await.until(() -> Database.count(delivery) == 1);
        Map.of("PENDING", "webhook-fails", "FAILED", "webhook-off").forEach((state, cause) -> {
            Database.update(
                    "update delivery set state = ?, delivered_at = null, last_problem = 'status', last_status = 500,"
                            + " due_at = now() + interval '1 hour' where user_id = ?",
                    state,
                    user);
            story(user).body("moments.find { it.kind == 'told' }.cause.code", equalTo(cause));
        });
    }

    @Test
    void tellsOfAPauseUntilItEnds() {
        connectedUser();
        String paused = "update webhook set paused_until = now() + interval '%s' where tenant = 'demo'";
        assertEquals(1, Database.update(paused.formatted("1 minute")));
        json("/console").body("webhooks.find { it.tenant == 'demo' }.pausedUntil", not(nullValue()));
        page("/console").body(containsString("<span class=\"badge warn\">paused</span>"));
        Database.update(paused.formatted("-1 minute"));
        json("/console").body("webhooks.find { it.tenant == 'demo' }.pausedUntil", nullValue());
        page("/console/webhooks").body(containsString("<b>on</b>"));
    }

    @Test
    void tellsOfTenantsWhoseKeysHaveEnded() {
        given().header("Authorization", "Bearer late-key")
                .get("/v1/connections")
                .then()
                .statusCode(401);

        story("late", freshUser())
                .body("headline.cause.code", equalTo("keys-ended"))
                .body("headline.cause.whose", equalTo("the tenant's"));
        json("/console")
                .body("callerKeys.find { it.credential.tenant == 'late' }.state", equalTo("has ended and is in use"));
    }

    @Test
    void tellsOfATenantWithoutSettings() {
        story("nobody", freshUser()).body("headline.cause.code", equalTo("tenant-removed"));
    }

    @ParameterizedTest
    @CsvSource({
        "DELETE, /console, GET",
        "POST, /console/, GET",
        "PUT, /console/users, GET",
        "DELETE, /console/users/demo/alice, GET",
        "GET, /console/users/demo/alice/check, POST",
        "PATCH, /console/users/demo/alice/disconnect, POST",
        "POST, /console/webhooks, GET",
        "PUT, /console/webhooks/demo/redeliver, POST",
        "DELETE, /console/sign-in, GET",
        "DELETE, /console/sign-out, POST",
        "PATCH, /demo, GET",
    })
    void namesTheMethodsOfAPathThatIsNotInTheApi(String method, String path, String allowed) {
        given().request(method, path)
                .then()
                .statusCode(405)
                .body("code", equalTo("method-not-allowed"))
                .header("Allow", equalTo(allowed));
        given().request(method, path + "/nowhere/a/b/c/d")
                .then()
                .statusCode(404)
                .header("Allow", nullValue());
    }

    @Test
    void notesAMissingScope() {
        String user = connectedUser();
        given().header("Authorization", "Bearer reader-key")
                .get("/v1/users/{user}/meetings", user)
                .then()
                .statusCode(403);
        awaitFailure(user, "forbidden");

        shows(user, "partly", "forbidden", "the tenant's");
    }

    @Test
    void sumsUpFailuresWithinBounds() {
        String user = freshUser();
        for (int call = 0; call < 5; call++) {
            meetings(user).then().statusCode(404);
        }
        Await.until(() -> Database.count("failed_call where user_id = '%s' and number = 5".formatted(user)) == 1);
        json("/console")
                .body(
                        "failing.find { it.code == 'not-connected' && it.tenant == 'demo' }.users",
                        greaterThanOrEqualTo(1));

        Database.update(
                "insert into failed_call select 'demo', ?, 'op ' || n, 'unavailable', 1, now(), now(), 'r'"
                        + " from generate_series(1, 40) as n",
                user);
        asDemo().get("/v1/users/{user}/account", user).then().statusCode(404);
        String other = freshUser();
        meetings(other).then().statusCode(404);
        awaitFailure(other, "not-connected");
        assertEquals(41, Database.count("failed_call where user_id = '%s'".formatted(user)));

        Database.update("update failed_call set last_at = now() - interval '8 days' where user_id = ?", user);
        asDemo().post("/v1/upkeep").then().statusCode(200);
        assertEquals(0, Database.count("failed_call where user_id = '%s'".formatted(user)));
    }

    @Test
    void notesNoAnswerToWhetherAUserIsConnected() {
        String user = freshUser();
        asDemo().get("/v1/users/{user}/connection", user).then().statusCode(404);
        meetings(user).then().statusCode(404);
        awaitFailure(user, "not-connected");

        story(user)
                .body("headline.cause.code", equalTo("never-connected"))
                .body("failedCalls.operation", equalTo(List.of("GET /v1/users/{user}/meetings")));
    }

    @Test
    @Tag("thorough")
    void givesEachTenantItsShareOfTheRecord() {
        String user = freshUser();
        Concurrently.run(40, call -> meetings("crowd-" + call).then().statusCode(404));
        Api.asOther().get("/v1/users/{user}/meetings", user).then().statusCode(404);
        awaitFailure(user, "not-connected");

        Database.update("insert into failed_call"
                + " select 'other', 'user-' || n, 'op', 'unavailable', 1, now() - interval '1 day', now() - n * interval '1 s', 'r'"
                + " from generate_series(1, 5000) as n");
        json("/console").body("failing.find { it.tenant == 'other' }.isMore", equalTo(true));
        Api.asOther().get("/v1/users/{user}/meetings", user).then().statusCode(404);
        Api.asOther().get("/v1/users/{user}/account", user).then().statusCode(404);
        Await.until(() -> Database.count("failed_call where user_id = '%s' and number = 2".formatted(user)) == 1);
        assertEquals(1, Database.count("failed_call where user_id = '%s'".formatted(user)));

        asDemo().post("/v1/upkeep").then().statusCode(200);
        Api.asOther().get("/v1/users/{user}/account", user).then().statusCode(404);
        Await.until(() -> Database.count("failed_call where user_id = '%s'".formatted(user)) == 2);
        assertTrue(Database.count("failed_call where tenant = 'other'") <= 4002);
        Database.update("delete from failed_call where tenant = 'other'");
    }

    @Test
    void searches() {
        String start = "find-" + System.nanoTime();
        for (String name : List.of("a", "b", "c%", "d_", "e")) {
            connect(start + name);
        }
        Database.update(
                "update connection set email = upper(user_id) || '@Example.com' where user_id like ?", start + "%");
        Database.update(
                "update connection set status = 'RECONNECT_REQUIRED', reason = 'REVOKED' where user_id = ?",
                start + "b");

        json("/console/users?user={start}", start)
                .body("items.user", hasSize(5))
                .body("nextCursor", nullValue());
        json("/console/users?user={start}", start + "c%").body("items.user", equalTo(List.of(start + "c%")));
        json("/console/users?user={start}_", start).body("items.user", hasSize(0));
        json("/console/users?email={start}D_@exa", start).body("items.user", equalTo(List.of(start + "d_")));
        json("/console/users?user={start}&status=RECONNECT_REQUIRED", start)
                .body("items.user", equalTo(List.of(start + "b")));
        json("/console/users?user={start}&email={email}", start, start + "e")
                .body("items.user", equalTo(List.of(start + "e")));
        json("/console/users?user={start}&tenant=other", start).body("items.user", hasSize(0));
        given().get("/console/users?status=GONE").then().statusCode(400);
        given().get("/console/users?cursor=nonsense").then().statusCode(400);

        for (String query : List.of("user=" + start, "email=" + start, "tenant=demo&user=" + start)) {
            var seen = new ArrayList<String>();
            String cursor = "";
            do {
                JsonPath found = json("/console/users?limit=2&cursor={cursor}&" + query, cursor)
                        .extract()
                        .jsonPath();
                seen.addAll(found.getList("items.user"));
                cursor = found.getString("nextCursor");
            } while (cursor != null);
            assertEquals(List.of(start + "a", start + "b", start + "c%", start + "d_", start + "e"), seen, query);
        }
        page("/console/users?user={start}", start).body(containsString("/console/users/demo/" + start + "c%25"));
        page("/console/users?limit=1&user={start}", start).body(containsString("Next page"));
        page("/console/users?user={start}x", start).body(containsString("No connection was found"));
    }

    private static void connect(String user) {
        walk(new Browser(), connectLink(user));
    }

    @Test
    void listsAllOnesInTheirOrder() {
        connectedUser();
        var seen = new ArrayList<String>();
        for (String status : List.of("", "CONNECTED", "RECONNECT_REQUIRED")) {
            String cursor = "";
            int number = 0;
            do {
                JsonPath found = json("/console/users?limit=200&status={status}&cursor={cursor}", status, cursor)
                        .extract()
                        .jsonPath();
                number += found.getList("items").size();
                cursor = found.getString("nextCursor");
            } while (cursor != null);
            seen.add(status + number);
        }
        assertEquals(
                List.of(
                        "" + Database.count("connection"),
                        "CONNECTED" + Database.count("connection where status = 'CONNECTED'"),
                        "RECONNECT_REQUIRED" + Database.count("connection where status <> 'CONNECTED'")),
                seen);
    }

    @Test
    void showsTheFleet() {
        connectedUser();
        Database.update("insert into budget_minute values (date_trunc('minute', now() - interval '5 minutes'), 123, 7)"
                + " on conflict (minute) do update set granted = 123, refused = 7");

        Await.until(() -> json("/console").extract().path("connections") != null);
        json("/console")
                .body(
                        "connections.counts.find { it.tenant == 'demo' && it.status == 'CONNECTED' }.number",
                        greaterThanOrEqualTo(1))
                .body("goTo.apiAnswers", equalTo(true))
                .body("budget.minutes", hasSize(60))
                .body("budget.minutes.granted", hasItem(123))
                .body("budget.limitPerSecond", equalTo(10000))
                .body("webhooks.find { it.tenant == 'demo' }.host", equalTo("localhost"))
                .body("sealingKeys[0].isFirst", equalTo(true))
                .body("callerKeys.credential.name", hasItems("default", "reader", "old"));
        page("/console")
                .body(containsString("123 granted, 7 refused"))
                .body(not(containsString("<script")))
                .body(not(containsString("style=")));
    }

    /** An API credential with the scope operate sees its own tenant, and no figure of the whole deployment. */
    @Test
    void showsATenantItsOwnAlone() {
        String user = connectedUser();
        JsonPath own = asOther("application/json", "/console").extract().jsonPath();
        assertEquals("other", own.getString("tenant"));
        assertFalse(own.prettify().contains("demo"));
        for (String member : List.of("budget", "refreshes", "sealingKeys")) {
            assertTrue(own.get(member) == null, member);
        }
        asOther("application/json", "/console/users").body("items.tenant", not(hasItem("demo")));
        asOther("application/json", "/console/webhooks").body(not(containsString("demo")));
        for (String page : List.of("/console", "/console/users", "/console/webhooks")) {
            asOther("text/html", page).body(not(containsString("demo"))).body(not(containsString("Sign out")));
        }
        for (String accept : List.of("application/json", "text/html")) {
            String[] unseen = {
                "/console/users?tenant=demo", "/console/users/demo/" + user, "/console/webhooks?tenant=demo"
            };
            for (String path : unseen) {
                Api.asOther().header("Accept", accept).get(path).then().statusCode(404);
            }
            Api.asOther()
                    .header("Accept", accept)
                    .get("/console/users/other/{user}", user)
                    .then()
                    .statusCode(200);
        }
        given().header("Authorization", "Bearer reader-key")
                .get("/console")
                .then()
                .statusCode(403)
                .body("scope", equalTo("operate"));
        given().header("Authorization", "Bearer wrong").get("/console").then().statusCode(401);
    }

    private static ValidatableResponse asOther(String accept, String path) {
        return Api.asOther().header("Accept", accept).get(path).then().statusCode(200);
    }

    @Test
    @Tag("thorough")
    void showsNoSecretAndNoMeeting() {
        String user = connectedUser();
        String link = connectLink(user);
        asDemo().body(Map.of(
                        "subject",
                        "canary-subject",
                        "startTime",
                        "2030-01-01T00:00:00Z",
                        "endTime",
                        "2030-01-01T01:00:00Z"))
                .post("/v1/users/{user}/meetings", user)
                .then()
                .statusCode(201);
        asDemo().body(Map.of("canary-member", "x"))
                .post("/v1/users/{user}/meetings", user)
                .then()
                .statusCode(400);
        awaitFailure(user, "invalid-request");

        var secrets = new ArrayList<>(Sandbox.secrets());
        secrets.addAll(List.of(
                "canary",
                "demo-key",
                sha256("late-key"),
                SECRET,
                link.substring(link.lastIndexOf('/') + 1),
                "gotomeet"));
        for (String path : List.of("/console", "/console/users?user=" + user, "/console/users/demo/" + user)) {
            for (String accept : List.of("application/json", "text/html")) {
                String body = given().header("Accept", accept)
                        .get(path)
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString();
                secrets.forEach(secret -> assertFalse(body.contains(secret), path + " has " + secret));
            }
        }
    }

    @Test
    void escapesNames() {
        String user = "<script>alert('x')</script>&\"" + System.nanoTime();
        connect(user);

        for (String path : List.of("/console/users?user={user}", "/console/users/demo/{user}")) {
            page(path, user)
                    .body(not(containsString("<script")))
                    .body(containsString("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;&quot;"));
        }
        story(user).body("user", equalTo(user));
    }
}
