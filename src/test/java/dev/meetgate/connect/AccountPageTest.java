package dev.meetgate.connect;

import static dev.meetgate.Api.asDemo;
import static dev.meetgate.Api.asOther;
import static dev.meetgate.Api.connectLink;
import static dev.meetgate.Api.createdMeeting;
import static dev.meetgate.Api.freshUser;
import static dev.meetgate.Api.local;
import static dev.meetgate.Api.walk;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meetgate.Browser;
import dev.meetgate.Concurrently;
import dev.meetgate.Database;
import dev.meetgate.Sandbox;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a person sees of the connection, and can end. */
@QuarkusTest
class AccountPageTest {

    private static final String JANE = "jane.doe@example.com";
    private static final String OPENED = "account_page.open person";

    private final String user = freshUser();
    private final Browser browser = new Browser();

    @BeforeEach
    void reset() {
        Sandbox.reset();
        // While another connection has the account, nothing is revoked.
        Database.update("delete from connection");
        Database.update("delete from pending_consent");
    }

    @Test
    void showsWhichAccountIsConnectedToWhatAndWhatItWasLastUsedFor() {
        walk(new Browser(), connectLink(user));
        String page = opened();

        String before = browser.open(page).body();
        assertTrue(before.contains(JANE) && before.contains(user), before);
        assertTrue(before.contains("Nothing known since then"), before);

        createdMeeting(user);
        String after = browser.open(page).body();
        assertTrue(after.contains("Creating a meeting, <time datetime="), after);
        asDemo().post("/v1/upkeep").then().statusCode(200);
        assertEquals(after, browser.open(page).body());
    }

    @Test
    void knowsNoUseOfAnEarlierConnection() {
        walk(new Browser(), connectLink(user));
        createdMeeting(user);
        asDemo().delete("/v1/users/{user}/connection", user).then().statusCode(204);
        walk(new Browser(), connectLink(user));

        String page = browser.open(opened()).body();
        assertTrue(page.contains("Nothing known since then"), page);
    }

    /** A preview of the link gets neither the account nor the page's one opening. */
    @Test
    void showsNothingBeforeItsButtonIsUsed() {
        walk(new Browser(), connectLink(user));
        String link = link();
        var preview = new Browser();

        String door = preview.open(link).body();
        assertTrue(door.contains("Show my connection"), door);
        assertFalse(door.contains(JANE) || door.contains(user), door);
        assertEquals(303, preview.open(link + "/disconnect").status());
        assertEquals(303, preview.submit(link + "/disconnect").status());
        asDemo().get("/v1/users/{user}/connection", user).then().statusCode(200);
        assertFalse(actions().contains(OPENED), actions().toString());

        assertEquals(303, browser.submit(link).status());
        assertTrue(browser.open(link).body().contains(JANE));
    }

    @Test
    void bindsTheLinkToNoCookieThatItDidNotSet() {
        String link = link();
        browser.open(link);
        String name = browser.cookies().keySet().iterator().next();

        for (String odd : List.of("", "x", "A".repeat(42), "A".repeat(44), "A".repeat(42) + "+")) {
            var stranger = new Browser();
            stranger.cookies().put(name, odd);
            stranger.open(link);
            assertTrue(stranger.cookies().get(name).matches("[A-Za-z0-9_-]{43}"), odd);
        }
    }

    @Test
    void tellsOnceThatAPersonHasOpenedIt() {
        String link = link();
        assertEquals(200, browser.open(link).status());
        List<Integer> answers = Concurrently.run(2, i -> browser.submit(link).status());
        browser.open(link);
        browser.open(link);

        assertEquals(List.of(303, 303), answers);
        assertEquals(1, Collections.frequency(actions(), OPENED), actions().toString());
    }

    @Test
    void isForTheBrowserThatOpenedIt() {
        walk(new Browser(), connectLink(user));
        String page = opened();
        var stranger = new Browser();

        for (var refused : List.of(
                stranger.open(page),
                stranger.submit(page),
                stranger.open(page + "/disconnect"),
                stranger.submit(page + "/disconnect"))) {
            assertEquals(404, refused.status());
            assertTrue(refused.body().contains("open in another browser"), refused.body());
            assertFalse(refused.body().contains(JANE) || refused.body().contains(user), refused.body());
        }
        asDemo().get("/v1/users/{user}/connection", user).then().statusCode(200);
    }

    @Test
    void disconnectsAfterOneConfirmationAndSaysSo() {
        walk(new Browser(), connectLink(user));
        String page = opened();

        String asked = browser.open(page + "/disconnect").body();
        assertTrue(asked.contains("Disconnect from Demo application?") && asked.contains(JANE), asked);
        asDemo().get("/v1/users/{user}/connection", user).then().statusCode(200);

        List<Integer> answers =
                Concurrently.run(2, i -> browser.submit(page + "/disconnect").status());
        assertEquals(List.of(303, 303), answers);
        String after = browser.open(page).body();
        assertTrue(after.contains("<h1>Disconnected</h1>"), after);
        assertEquals(303, browser.open(page + "/disconnect").status());
        asDemo().get("/v1/users/{user}/connection", user).then().statusCode(404);
        assertEquals(List.of(false), Sandbox.grantsAlive());
        assertTrue(actions().contains("connection.disconnect person"), actions().toString());
    }

    /** A form that is sent again from the browser's history ends no later connection. */
    @Test
    void disconnectsOnce() {
        walk(new Browser(), connectLink(user));
        String page = opened();
        browser.submit(page + "/disconnect");
        walk(new Browser(), connectLink(user));

        assertEquals(303, browser.open(page + "/disconnect").status());
        assertEquals(303, browser.submit(page + "/disconnect").status());
        asDemo().get("/v1/users/{user}/connection", user).then().statusCode(200);
    }

    @Test
    void saysThatNothingIsConnected() {
        assertTrue(browser.open(opened()).body().contains("No account is connected"));
    }

    /** Behind a proxy, MeetGate does not see the address that the browser uses. */
    @Test
    void leadsToItsPublicUrl() {
        String link = link();
        String address = "http://localhost:8080" + link.substring(link.indexOf("/account/"));

        for (String page : List.of(link + "/disconnect", link)) {
            given().header("Host", "internal:8080")
                    .redirects()
                    .follow(false)
                    .post(page)
                    .then()
                    .statusCode(303)
                    .header("Location", address);
        }
    }

    @Test
    void takesFormsOfItsOwnPagesAlone() {
        walk(new Browser(), connectLink(user));
        String link = link();
        assertEquals(403, browser.submit(link, "Sec-Fetch-Site", "cross-site").status());
        browser.submit(link);
        assertEquals(
                403,
                browser.submit(link + "/disconnect", "Origin", "https://evil.example")
                        .status());
        asDemo().get("/v1/users/{user}/connection", user).then().statusCode(200);
    }

    @Test
    void endsAfterAQuarterOfAnHourWithAWayOn() {
        String link =
                asOther().post("/v1/users/{user}/account-page-links", user).path("url");
        Database.update(
                "update account_page_link set expires_at = now() - interval '1 second' where user_id = ?", user);

        for (var page : List.of(browser.open(local(link)), browser.submit(local(link)))) {
            assertEquals(404, page.status());
            assertTrue(page.body().contains("This page is closed"), page.body());
            assertTrue(page.body().contains("https://other.example.com/back"), page.body());
        }
        assertEquals(404, browser.open(local(link) + "x").status());
        Database.update(
                "update account_page_link set expires_at = now() - interval '25 hours' where user_id = ?", user);
        asDemo().post("/v1/upkeep").then().statusCode(200);
        assertEquals(0, Database.count("account_page_link where user_id = '" + user + "'"));
    }

    @Test
    void storesHashesAndTwentyLinksAtMost() {
        asDemo().post("/v1/users/{user}/account-page-links", user)
                .then()
                .statusCode(201)
                .body("url", matchesPattern("http://localhost:8080/account/[A-Za-z0-9_-]{43}"));
        for (int i = 0; i < 21; i++) {
            link();
        }
        assertEquals(20, Database.count("account_page_link where user_id = '" + user + "'"));
    }

    private String link() {
        return local(asDemo().post("/v1/users/{user}/account-page-links", user)
                .then()
                .statusCode(201)
                .extract()
                .path("url"));
    }

    /** The address of a page that this browser has opened. */
    private String opened() {
        String link = link();
        assertEquals(303, browser.submit(link).status());
        return link;
    }

    private List<String> actions() {
        asDemo().post("/v1/upkeep");
        return asDemo().get("/v1/audit?user={user}", user).jsonPath().<Map<String, Object>>getList("items").stream()
                .map(entry -> entry.get("action") + " " + ((Map<?, ?>) entry.get("actor")).get("kind"))
                .toList();
    }
}
