package dev.meetgate.connect;

import static dev.meetgate.Api.RETURN_URL;
import static dev.meetgate.Api.asDemo;
import static dev.meetgate.Api.asOther;
import static dev.meetgate.Api.connectLink;
import static dev.meetgate.Api.connectedUser;
import static dev.meetgate.Api.freshUser;
import static dev.meetgate.Api.local;
import static dev.meetgate.Api.meetings;
import static dev.meetgate.Api.walk;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meetgate.Await;
import dev.meetgate.Browser;
import dev.meetgate.Concurrently;
import dev.meetgate.Database;
import dev.meetgate.Sandbox;
import dev.meetgate.WrittenLog;
import io.quarkus.test.junit.DisabledOnIntegrationTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** People are impatient, slow, undecided, and use several browsers. */
@QuarkusTest
class WalkTest {

    private static final String CODE = "authorization_code";

    private final String user = freshUser();
    private final Browser browser = new Browser();

    @BeforeEach
    void reset() {
        Sandbox.reset();
    }

    @Test
    void goesToGoToAgainInTheSameBrowser() {
        String link = connectLink(user);
        String first = callback(link);
        var cookies = Map.copyOf(browser.cookies());
        String second = callback(link);
        assertNotEquals(first, second);

        String end = browser.open(local(second)).location();
        assertEquals(RETURN_URL + "&status=connected&user=" + user, end);

        browser.cookies().putAll(cookies);
        assertEquals(end, browser.open(local(first)).location());
        assertEquals(1, Sandbox.tokenRequests(CODE));
    }

    @Test
    void takesADoubleClick() {
        String link = connectLink(user);
        assertEquals(200, browser.open(local(link)).status());

        List<String> attempts =
                Concurrently.run(2, i -> browser.submit(local(link)).location());

        String callback = browser.open(attempts.get(1)).location();
        assertTrue(browser.open(local(callback)).location().contains("status=connected"));
    }

    @Test
    void leavesTheLinkToTheBrowserThatBegan() {
        String link = connectLink(user);
        var stranger = new Browser();
        assertEquals(200, stranger.open(local(link)).status());
        String callback = callback(link);

        for (var page : List.of(stranger.open(local(link)), stranger.submit(local(link)))) {
            assertEquals(404, page.status());
            assertTrue(page.body().contains("in use in another browser"), page.body());
            assertTrue(page.body().contains("href=\"" + RETURN_URL + "\""), page.body());
            assertFalse(page.body().contains(user), page.body());
        }
        assertEquals(200, browser.open(local(link)).status());
        assertTrue(browser.open(local(callback)).location().contains("status=connected"));
    }

    /** The caller's deadline is the default one, because browsers send no Request-Timeout. */
    @Test
    @Tag("thorough")
    void spendsNoAttemptForNobody() throws Exception {
        String callback = callback(connectLink(user));
        try (var lock =
                Database.begin("update authorization_request set state = state where user_id = '" + user + "'")) {
            assertEquals(503, browser.open(local(callback)).status());
            lock.rollback();
        }

        Await.until(() -> Database.count("pg_stat_activity where wait_event_type = 'Lock'") == 0);
        assertTrue(browser.open(local(callback)).location().contains("status=connected"));
    }

    @Test
    void endsTheLinkWhenItHasConnected() {
        String link = connectLink(user);
        walk(browser, link);

        for (var page : List.of(
                browser.open(local(link)),
                browser.submit(local(link)),
                browser.submit(local("http://localhost:8080/connected")))) {
            assertEquals(404, page.status());
            assertTrue(page.body().contains("You are already connected as jane.doe@example.com"), page.body());
            assertTrue(page.body().contains(RETURN_URL + "&amp;status=connected&amp;user=" + user), page.body());
        }
        var stranger = new Browser();
        for (var page : List.of(
                stranger.open(local(link)), stranger.submit(local(link)), stranger.submit(local(link) + "/cancel"))) {
            assertEquals(404, page.status());
            assertTrue(page.body().contains("<h1>You are already connected</h1>"), page.body());
            assertTrue(page.body().contains("href=\"" + RETURN_URL + "\""), page.body());
            assertFalse(
                    page.body().contains("jane.doe@example.com") || page.body().contains(user), page.body());
        }
        asDemo().delete("/v1/users/{user}/connection", user).then().statusCode(204);
        assertTrue(browser.open(local(link)).body().contains("already used"));
    }

    @Test
    void asksAgainAfterADenial() {
        String link = connectLink(user);
        Sandbox.set("consent", "DENY");
        assertEquals(RETURN_URL + "&status=denied&user=" + user, walk(browser, link));
        assertTrue(browser.open(local(link)).body().contains("You did not allow access"));

        Sandbox.set("consent", "ALLOW");
        assertEquals(RETURN_URL + "&status=connected&user=" + user, walk(browser, link));
    }

    @Test
    @Tag("thorough")
    void endsEveryDeliveryOfACallbackWhereTheFirstEnds() {
        String callback = callback(connectLink(user));
        Sandbox.fault("token", "SLOW", Map.of("delayMillis", 1500));

        List<String> ends =
                Concurrently.run(4, i -> browser.open(local(callback)).location());

        assertEquals(
                List.of(RETURN_URL + "&status=connected&user=" + user),
                ends.stream().distinct().toList());
        assertEquals(1, Sandbox.tokenRequests(CODE));
        assertEquals(
                0,
                Database.count(
                        "authorization_request where sealed_code_verifier is not null and user_id = '" + user + "'"));
    }

    /**
     * The cookie stays for a while, because a browser that reloads takes the cookies of the answer that it
     * left.
     */
    @Test
    void endsALaterDeliveryWhereTheFirstEnded() {
        String callback = callback(connectLink(user));

        String end = browser.open(local(callback)).location();
        assertTrue(end.contains("status=connected"), end);
        assertEquals(end, browser.open(local(callback)).location());
        assertEquals(1, Sandbox.tokenRequests(CODE));
    }

    @Test
    void endsASecondDeliveryWhereTheFirstFailed() {
        String callback = callback(connectLink(user));
        Sandbox.fault("token", "STATUS", Map.of("status", 400, "body", Map.of("error", "invalid_grant")));

        String end = browser.open(local(callback)).location();
        assertTrue(end.contains("problem=code-refused"), end);
        assertEquals(end, browser.open(local(callback)).location());
        assertEquals(1, Sandbox.tokenRequests(CODE));
    }

    @Test
    @Tag("thorough")
    void saysThatGoToHasNotAnsweredYet() {
        String callback = callback(connectLink(user));
        Database.update("update authorization_request set consumed_at = now() where user_id = ?", user);

        var page = browser.open(local(callback), "Request-Timeout", "2");
        assertEquals(503, page.status());
        assertEquals("2", page.header("Refresh"));
        assertTrue(page.body().contains("GoTo has not answered yet"), page.body());

        Database.update(
                "update authorization_request set consumed_at = now() - interval '2 minutes' where user_id = ?", user);
        assertTrue(browser.open(local(callback))
                .location()
                .contains("status=failed&user=" + user + "&problem=unavailable"));
        assertEquals(0, Sandbox.tokenRequests(CODE));
    }

    @Test
    void endsACallbackWhereAnotherReplicaEndsIt() {
        String callback = callback(connectLink(user));
        Database.update("update authorization_request set consumed_at = now() where user_id = ?", user);
        var end = Concurrently.start(() -> browser.open(local(callback)).location());

        Await.until(() -> Database.update(
                        "update authorization_request set outcome = 'ACCESS_DENIED' where user_id = ? and outcome is null",
                        user)
                == 1);

        assertEquals(RETURN_URL + "&status=denied&user=" + user, end.join());
    }

    @Test
    void tellsAStrangerWithACallbackOnlyTheWayBack() {
        String callback = callback(connectLink(user));

        var page = new Browser().open(local(callback));
        assertEquals(400, page.status());
        assertTrue(page.body().contains("Please start again"), page.body());
        assertTrue(page.body().contains("href=\"" + RETURN_URL + "\""), page.body());
        assertFalse(page.body().contains(user), page.body());
    }

    @Test
    void takesSlowPeopleBack() {
        String link = connectLink(user);
        String callback = callback(link);
        expire("authorization_request");

        String end = RETURN_URL + "&status=failed&user=" + user + "&problem=connect-expired";
        assertEquals(end, browser.open(local(callback)).location());
        assertEquals(end, browser.open(local(callback)).location());
        assertEquals(0, Sandbox.tokenRequests(CODE));
        status(link).body("status", equalTo("failed")).body("problem", equalTo("connect-expired"));

        assertTrue(browser.open(local(link)).body().contains("longer than ten minutes"));
        assertTrue(walk(browser, link).contains("status=connected"));
    }

    @Test
    void letsSlowPeopleTryAgainWithoutAReturnUrl() {
        String callback = callback(linkOf(Map.of()));
        expire("authorization_request");

        String end = browser.open(local(callback)).location();
        assertEquals("http://localhost:8080/connected?status=failed&problem=connect-expired", end);
        assertTrue(browser.open(local(end)).body().contains("Try again</button>"));

        String again = browser.open(
                        browser.submit(local("http://localhost:8080/connected")).location())
                .location();
        assertTrue(browser.open(local(again)).location().endsWith("/connected?status=connected"));

        assertEquals(
                404,
                new Browser().submit(local("http://localhost:8080/connected")).status());
        assertEquals(
                403,
                browser.submit(local("http://localhost:8080/connected"), "Sec-Fetch-Site", "cross-site")
                        .status());
    }

    @Test
    void takesPeopleWithAnExpiredLinkBack() {
        String link = connectLink(user);
        browser.submit(local(link));
        expire("connect_link");

        String stranger = new Browser().open(local(link)).body();
        assertTrue(stranger.contains("href=\"" + RETURN_URL + "\""), stranger);
        var page = browser.open(local(link));
        assertEquals(404, page.status());
        assertTrue(page.body().contains("This link has expired"), page.body());
        assertTrue(
                page.body()
                        .contains(RETURN_URL + "&amp;status=failed&amp;user=" + user + "&amp;problem=connect-expired"),
                page.body());
    }

    @Test
    void boundsTheAttemptsOfALink() {
        String link = connectLink(user);
        for (int i = 0; i < 20; i++) {
            assertEquals(303, browser.submit(local(link)).status());
        }
        Browser.Page refused = browser.submit(local(link));
        assertEquals(404, refused.status());
        assertTrue(refused.body().contains("tried too often"), refused.body());
    }

    @ParameterizedTest
    @CsvSource({
        "/connect/x, unsafe-none",
        "/connect/confirm/x, unsafe-none",
        "/callback, unsafe-none",
        "/connected, unsafe-none",
        "/meetgate.css, same-origin",
        "/v1/connections, same-origin",
        "/connect/x/y, same-origin",
        "/, same-origin"
    })
    void leavesPopupsTheirOpener(String path, String policy) {
        given().get(path).then().header("Cross-Origin-Opener-Policy", policy);
    }

    @Test
    void tellsTheStatusOfALink() {
        String link = connectLink(user);
        status(link).body("status", equalTo("open")).body("problem", nullValue());

        String callback = callback(link);
        status(link).body("status", equalTo("pending"));

        Sandbox.fault("token", "STATUS", Map.of("status", 503));
        browser.open(local(callback));
        status(link).body("status", equalTo("failed")).body("problem", equalTo("goto-unavailable"));

        Sandbox.set("consent", "DENY");
        walk(browser, link);
        status(link).body("status", equalTo("denied"));

        Sandbox.set("consent", "ALLOW");
        walk(browser, link);
        status(link).body("status", equalTo("connected"));

        String unused = connectLink(user);
        expire("connect_link");
        status(unused).body("status", equalTo("expired"));
        status(link).body("status", equalTo("connected"));
    }

    @Test
    void tellsOfNoWalkThatAReplicaHasLost() {
        String link = connectLink(user);
        callback(link);
        Database.update("update authorization_request set consumed_at = now() where user_id = ?", user);
        status(link).body("status", equalTo("pending"));

        Database.update(
                "update authorization_request set consumed_at = now() - interval '2 minutes' where user_id = ?", user);
        status(link).body("status", equalTo("open"));
    }

    @Test
    void keepsTheEndOfALinkWhenAnEarlierAttemptEndsLater() {
        walk(new Browser(), connectLink(user));
        Sandbox.set("grantedScope", "identity:scim.me");
        String link = connectLink(user);
        String callback = callback(link);
        assertTrue(browser.submit(local(link) + "/cancel").location().contains("status=connected"));

        assertTrue(browser.open(local(callback)).location().contains("problem=scope-missing"));
        status(link).body("status", equalTo("connected"));
    }

    @Test
    void tellsTheStatusToScriptsOfTheTenant() {
        String status = local(connectLink(user)) + "/status";

        given().header("Origin", "https://app.example.com")
                .get(status)
                .then()
                .header("Access-Control-Allow-Origin", "https://app.example.com")
                .header("Vary", "Origin");
        for (String origin : List.of(
                "https://evil.example", "null", "http://app.example.com", "https://app.example.com.evil.example")) {
            given().header("Origin", origin).get(status).then().header("Access-Control-Allow-Origin", nullValue());
        }
        given().get(local("http://localhost:8080/connect/no-such-link/status"))
                .then()
                .statusCode(404)
                .body("code", equalTo("not-found"));
    }

    @Test
    void connectsNobodyWhoWasDisconnectedAtGoTo() {
        String link = connectLink(user);
        String callback = callback(link);
        String other = connectLink(user);

        asDemo().delete("/v1/users/{user}/connection", user).then().statusCode(204);

        assertTrue(browser.open(local(callback)).location().contains("problem=disconnected"));
        assertEquals(404, browser.submit(local(other)).status());
        assertEquals(0, Sandbox.tokenRequests(CODE));
        asDemo().get("/v1/users/{user}/connection", user).then().statusCode(404);
        assertTrue(walk(browser, connectLink(user)).contains("status=connected"));
    }

    @Test
    @Tag("thorough")
    void connectsNobodyWhoWasDisconnectedDuringTheTokenRequest() {
        // While another connection has the account, nothing is revoked.
        Database.update("delete from connection");
        String callback = callback(connectLink(user));
        Sandbox.fault("token", "SLOW", Map.of("delayMillis", 5000));
        var end = Concurrently.start(() -> browser.open(local(callback)).location());
        Await.until(() -> Sandbox.tokenRequests(CODE) == 1);

        asDemo().delete("/v1/users/{user}/connection", user).then().statusCode(204);

        assertTrue(end.join().contains("problem=disconnected"), end.join());
        asDemo().get("/v1/users/{user}/connection", user).then().statusCode(404);
        assertEquals(List.of(false), Sandbox.grantsAlive());
    }

    @Test
    void handsOutOneLinkToReconnect() {
        walk(browser, linkOf(Map.of("displayName", "Jane at work")));
        Sandbox.revokeGrants();

        List<String> links = Concurrently.run(12, i -> connectUrl());
        assertEquals(1, links.stream().distinct().count(), links::toString);
        assertEquals(links.get(0), connectUrl());
        assertEquals(1, Database.count("connect_link where expires_at > now() and user_id = '" + user + "'"));

        var page = browser.open(local(links.get(0))).body();
        assertTrue(page.contains("Jane at work"), page);
        assertTrue(page.contains("GoTo no longer accepts the connection of jane.doe@example.com."), page);

        browser.submit(local(links.get(0)));
        assertNotEquals(links.get(0), connectUrl());
        assertTrue(walk(browser, links.get(0)).contains("status=connected"));
    }

    @Test
    void handsOutNoLinkToReconnectThatHasEnded() {
        walk(browser, connectLink(user));
        Sandbox.revokeGrants();
        String link = connectUrl();
        walk(browser, connectLink(user));
        meetings(user).then().statusCode(200);
        assertTrue(browser.submit(local(link) + "/cancel").location().contains("status=connected"));

        Sandbox.revokeGrants();
        assertNotEquals(link, connectUrl());
    }

    @Test
    void replacesALinkToReconnectThatExpiresSoon() {
        walk(browser, connectLink(user));
        Sandbox.revokeGrants();
        String first = connectUrl();
        Database.update("update connect_link set expires_at = now() + interval '4 minutes' where user_id = ?", user);

        assertNotEquals(first, connectUrl());
        assertEquals(200, browser.open(local(first)).status());
    }

    @Test
    void returnsToTheDefaultReturnUrlAfterAReconnect() {
        String link = asOther().post("/v1/users/{user}/connect-links", user).path("url");
        String end = "https://other.example.com/back?status=connected&user=" + user;
        assertEquals(end, walk(browser, link));
        Sandbox.revokeGrants();

        String connectUrl = asOther().get("/v1/users/{user}/meetings", user).path("connectUrl");
        assertEquals(end, walk(browser, connectUrl));
    }

    @Test
    void remembersTheNameThatWasGivenLast() {
        walk(browser, linkOf(Map.of("displayName", "Jane")));
        linkOf(Map.of("displayName", "Jane Doe"));
        linkOf(Map.of());
        Sandbox.revokeGrants();
        assertTrue(browser.open(local(connectUrl())).body().contains("<bdi>Jane Doe</bdi>"));

        Database.update("delete from connect_link where user_id = ?", user);
        assertTrue(browser.open(local(connectUrl())).body().contains("<bdi>Jane</bdi>"));
    }

    @Test
    void boundsTheLinksOfAUser() {
        List<String> links = Stream.generate(() -> connectLink(user)).limit(20).toList();
        asDemo().post("/v1/users/{user}/connect-links", user)
                .then()
                .statusCode(429)
                .header("Retry-After", "60")
                .body("code", equalTo("too-many-connect-links"))
                .body("retryable", equalTo(true));

        walk(browser, links.get(0));
        asDemo().post("/v1/users/{user}/connect-links", user).then().statusCode(201);
        connectLink(freshUser());
    }

    @Test
    void boundsTheLinksOfATenant() {
        Database.update("""
                insert into connect_link (link_hash, tenant, user_id, display_name, expires_at)
                select sha256(('bound' || n)::bytea), 'other', 'bound-' || n, 'x', now() + interval '10 minutes'
                  from generate_series(1, 10000) n
                """);
        try {
            asOther().post("/v1/users/{user}/connect-links", user).then().statusCode(429);
            connectLink(user);
        } finally {
            Database.update("delete from connect_link where tenant = 'other'");
        }
    }

    @Test
    void tellsWhoIsConnectedAlready() {
        walk(browser, connectLink(user));

        var page = browser.open(local(connectLink(user)));
        assertEquals(200, page.status());
        assertTrue(page.body().contains("You are already connected as jane.doe@example.com."), page.body());
    }

    /** The page of a failure stays open longer than its link works. */
    @Test
    void takesPeopleBackWhoTryAgainTooLate() {
        String callback = callback(connectLink(user));
        browser.open(local(callback).replaceAll("code=[^&]*", "error=server_error"));
        expire("connect_link");

        var page = browser.submit(local("http://localhost:8080/connected"));
        assertEquals(404, page.status());
        assertTrue(page.body().contains("This link has expired"), page.body());
        assertTrue(page.body().contains("Back to Demo application"), page.body());
    }

    @Test
    void offersNoOtherTryAfterAnEnd() {
        for (String end : List.of("status=connected", "status=failed&problem=disconnected")) {
            String page = browser.open(local("http://localhost:8080/connected?" + end))
                    .body();
            assertFalse(page.contains("<form"), page);
        }
    }

    @Test
    @DisabledOnIntegrationTest("reads the log of this process")
    void logsWhoCancels() {
        String link = connectLink(user);
        browser.open(local(link));
        try (var log = new WrittenLog()) {
            browser.submit(local(link) + "/cancel");
            assertTrue(
                    log.text().contains("Went back from the connect page: Not connected: tenant demo, user " + user));
        }
    }

    /** "Try again" opens the address of the form once more. */
    @Test
    void leadsFromTheAddressesOfFormsToTheirPages() {
        String link = connectLink(user);
        assertEquals(link, browser.open(local(link) + "/cancel").location());
        String page = "http://localhost:8080/connect/confirm/" + "x".repeat(43);
        assertEquals(page, browser.open(local(page) + "/deny").location());
        var neutral = browser.open(local("http://localhost:8080/connected"));
        assertEquals(200, neutral.status());
        assertTrue(neutral.body().contains("Please start again"), neutral.body());
        assertFalse(neutral.body().contains("Code for support"), neutral.body());
        assertEquals(
                "http://localhost:8080/connect/a%20%7Bb",
                browser.open(local("http://localhost:8080/connect/a%20%7Bb/cancel"))
                        .location());
    }

    @Test
    void letsPeopleCancel() {
        String link = connectLink(user);
        assertTrue(browser.open(local(link)).body().contains("Cancel</button>"));

        assertEquals(
                403,
                browser.submit(local(link) + "/cancel", "Sec-Fetch-Site", "cross-site")
                        .status());
        assertEquals(
                RETURN_URL + "&status=denied&user=" + user,
                browser.submit(local(link) + "/cancel").location());
        status(link).body("status", equalTo("denied"));

        walk(browser, link);
        assertEquals(404, browser.submit(local(link) + "/cancel").status());
        String unused = connectLink(user);
        assertEquals(
                RETURN_URL + "&status=connected&user=" + user,
                browser.submit(local(unused) + "/cancel").location());
        status(unused).body("status", equalTo("connected"));
        assertEquals(
                404,
                browser.submit(local("http://localhost:8080/connect/x/cancel")).status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"DENY", "ALLOW", "server_error"})
    void handsTheStateBack(String consent) {
        Sandbox.set("consent", consent);
        String end = walk(browser, linkOf(Map.of("returnUrl", RETURN_URL, "state", "a&b=c d/é{x}%20")));

        assertTrue(end.endsWith("&state=a%26b%3Dc+d%2F%C3%A9%7Bx%7D%2520"), end);
    }

    @Test
    void refusesAStateThatIsTooLong() {
        linkOf(Map.of("state", "x".repeat(512)));
        for (String state : List.of("x".repeat(513), "a\nb")) {
            asDemo().body(Map.of("state", state))
                    .post("/v1/users/{user}/connect-links", user)
                    .then()
                    .statusCode(400)
                    .body("field", equalTo("state"));
        }
    }

    @Test
    void forgetsTheNamesOfADisconnectedUser() {
        walk(browser, linkOf(Map.of("displayName", "Jane at work")));
        linkOf(Map.of("displayName", "Jane at work"));
        asDemo().delete("/v1/users/{user}/connection", user).then().statusCode(204);

        for (String table : List.of("connect_link", "known_name")) {
            assertEquals(0, Database.count(table + " where user_id = '" + user + "' and display_name <> user_id"));
        }
    }

    @Test
    void boundsTheCookiesOfABrowser() {
        IntStream.range(0, 8).forEach(i -> browser.open(local(connectLink(user))));

        assertEquals(5, browser.cookies().size());
    }

    @Test
    void erasesCodeVerifiersThatHaveExpired() {
        callback(connectLink(user));
        connectedUser();
        expire("authorization_request");

        asDemo().post("/v1/upkeep").then().statusCode(200).body("finished", equalTo(true));

        String attempts = "authorization_request where user_id = '" + user + "'";
        assertEquals(0, Database.count(attempts + " and sealed_code_verifier is not null"));
        assertEquals(1, Database.count(attempts));
    }

    /** Goes from a connect link to GoTo and returns the callback that follows. */
    private String callback(String link) {
        return browser.open(browser.submit(local(link)).location()).location();
    }

    private String linkOf(Map<String, String> body) {
        return asDemo().body(body)
                .post("/v1/users/{user}/connect-links", user)
                .then()
                .statusCode(201)
                .extract()
                .path("url");
    }

    private String connectUrl() {
        return meetings(user).then().statusCode(409).extract().path("connectUrl");
    }

    private void expire(String table) {
        Database.update("update " + table + " set expires_at = now() - interval '1 hour' where user_id = ?", user);
    }

    private static ValidatableResponse status(String link) {
        return given().get(local(link) + "/status").then().statusCode(200);
    }
}
