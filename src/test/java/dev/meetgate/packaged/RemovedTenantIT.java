package dev.meetgate.packaged;

import static dev.meetgate.Api.RETURN_URL;
import static dev.meetgate.Api.asDemo;
import static dev.meetgate.Api.connectedUser;
import static dev.meetgate.Api.local;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meetgate.Await;
import dev.meetgate.Browser;
import dev.meetgate.Database;
import dev.meetgate.Sandbox;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What becomes of the connections of a tenant whose settings were removed. */
@Tag("thorough")
class RemovedTenantIT {

    private static final String KEY = "big-corp-key";
    private static final String KEY_SHA256 = "f8c02ccead66f5dfc07c5efdc88f700aaa3933fa54e40b1da6e8fac41688c783";

    private static final String CONNECTIONS = "select count(*) from connection";

    private final Map<String, String> settings = Replica.surroundings();

    @Test
    void isToldNotRefreshedAndErasedByACommand() throws Exception {
        Sandbox.reset();
        String database = Database.create("removed_tenant");
        settings.put("QUARKUS_DATASOURCE_REACTIVE_URL", database);
        settings.put("MEETGATE_TENANTS_GONE_API_KEY_SHA256", KEY_SHA256);
        settings.put("MEETGATE_TENANTS_GONE_RETURN_URLS", RETURN_URL);
        settings.put("MEETGATE_TENANTS_GONE_CONFIRM", "true");
        settings.put("MEETGATE_TENANTS_GONE_WEBHOOK_URL", Sandbox.url() + "/webhook");
        settings.put("MEETGATE_TENANTS_GONE_WEBHOOK_SECRET", "whsec_" + "A".repeat(32));
        settings.put("MEETGATE_WEBHOOK_PRIVATE_TARGETS", "true");
        var late = new Browser();
        String link;
        String page;
        String waiting;
        String callback;
        try (Replica replica = Replica.start(settings)) {
            RestAssured.port = replica.port();
            connect("one", "sam.lee@example.com");
            connect("two", "ada.admin@example.com");
            connectedUser("jane.doe@example.com");
            waiting = consent(late, "three", "free.plan@example.com");
            link = link("four");
            page = accountPage("one");
            callback = late.open(late.submit(local(link)).location()).location();
            Await.until(() -> count(database, "delivery") == 2);
        }
        settings.keySet().removeIf(name -> name.startsWith("MEETGATE_TENANTS_GONE_"));

        Database.execute(database, "update connection set refreshed_at = now() - interval '8 days'");
        Database.execute(
                database, "insert into failed_call values ('gone', 'one', 'op', 'unavailable', 1, now(), now(), 'r')");
        try (Replica replica = Replica.start(settings)) {
            RestAssured.port = replica.port();
            Await.until(() -> log(replica).contains("The tenant gone has connections but no settings"));
            asDemo().post("/v1/upkeep").then().statusCode(200).body("finished", equalTo(true));
            assertEquals(1, Sandbox.tokenRequests("refresh_token"));
            int consents = Sandbox.tokenRequests("authorization_code");
            assertEquals(400, late.open(local(callback)).status());
            assertEquals(404, late.open(local(link)).status());
            assertEquals(404, late.submit(local(waiting)).status());
            assertEquals(404, late.open(local(page)).status());
            assertEquals(consents, Sandbox.tokenRequests("authorization_code"));
            assertEquals(3, Database.number(database, CONNECTIONS));

            assertEquals(1, command("erase-tenant", "demo"));
            assertEquals(3, Database.number(database, CONNECTIONS));
            assertEquals(1, command("erase-everything"));
            assertEquals(1, command("erase-tenant", "GONE"));

            assertEquals(0, command("erase-tenant", "gone"));
            assertEquals(1, Database.number(database, CONNECTIONS));
            assertEquals(3, Collections.frequency(Sandbox.grantsAlive(), false));
            for (String table : List.of(
                    "pending_consent",
                    "connect_link",
                    "authorization_request",
                    "event",
                    "delivery",
                    "webhook",
                    "failed_call")) {
                assertEquals(0, count(database, table), table);
            }
            assertTrue(count(database, "audit_entry") > 0, "evidence stays");
            assertEquals(1, command("erase-tenant", "gone"));
            asDemo().get("/v1/connections").then().body("items.size()", equalTo(1));
        }
    }

    private static long count(String database, String table) {
        return Database.number(database, "select count(*) from %s where tenant = 'gone'".formatted(table));
    }

    private static String log(Replica replica) {
        try {
            return replica.log();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int command(String... arguments) throws Exception {
        var command = new ArrayList<>(Replica.command());
        command.addAll(List.of(arguments));
        try (Replica process = Replica.launch(command, settings)) {
            return process.exitCode();
        }
    }

    private static void connect(String user, String account) {
        var browser = new Browser();
        String end = browser.submit(local(consent(browser, user, account))).location();
        assertTrue(end.contains("status=connected"), end);
    }

    /** Goes as far as the page that asks once more. */
    private static String consent(Browser browser, String user, String account) {
        Sandbox.set("consentAccount", account);
        String authorize = browser.submit(local(link(user))).location();
        return browser.open(local(browser.open(authorize).location())).location();
    }

    private static String accountPage(String user) {
        return RestAssured.given()
                .header("Authorization", "Bearer " + KEY)
                .post("/v1/users/{user}/account-page-links", user)
                .path("url");
    }

    private static String link(String user) {
        return RestAssured.given()
                .header("Authorization", "Bearer " + KEY)
                .contentType(ContentType.JSON)
                .body(Map.of("returnUrl", RETURN_URL))
                .post("/v1/users/{user}/connect-links", user)
                .path("url");
    }
}
