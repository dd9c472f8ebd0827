package dev.meetgate.connect;

import static dev.meetgate.Api.RETURN_URL;
import static dev.meetgate.Api.asDemo;
import static dev.meetgate.Api.connectLink;
import static dev.meetgate.Api.freshUser;
import static dev.meetgate.Api.generation;
import static dev.meetgate.Api.local;
import static dev.meetgate.Api.walk;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meetgate.Api;
import dev.meetgate.Browser;
import dev.meetgate.Database;
import dev.meetgate.RawSocket;
import dev.meetgate.Sandbox;
import dev.meetgate.WrittenLog;
import io.quarkus.test.junit.DisabledOnIntegrationTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ConnectTest {

    private final String user = freshUser();
    private final Browser browser = new Browser();

    @BeforeEach
    void reset() {
        Sandbox.reset();
    }

    @Test
    void connectsAUser() {
        assertEquals(RETURN_URL + "&status=connected&user=" + user, walk(browser, connectLink(user)));

        asDemo().get("/v1/users/{user}/connection", user)
                .then()
                .statusCode(200)
                .body("user", equalTo(user))
                .body("status", equalTo("CONNECTED"))
                .body("account.email", equalTo("jane.doe@example.com"))
                .body("account.firstName", equalTo("Jane"))
                .body("account.organizerKey", matchesPattern("\\d{19}"))
                .body("scopes", hasItem("collab:"))
                .body("generation", equalTo(1))
                .body("connectedAt", matchesPattern("\\d{4}-.*Z"))
                .body("accessTokenExpiresAt", notNullValue());
    }

    @Test
    void showsTheConnectPageWithoutUsingUpTheLink() {
        String link = asDemo().body(Map.of("displayName", "<Alice> & Bob"))
                .post("/v1/users/{user}/connect-links", user)
                .path("url");

        for (int i = 0; i < 3; i++) {
            var page = browser.open(local(link));
            assertEquals(200, page.status());
            assertTrue(page.body().contains("Demo application"));
            assertTrue(page.body().contains("&lt;Alice&gt; &amp; Bob"));
        }
        assertEquals(303, browser.submit(local(link)).status());
    }

    @Test
    void asksForConsentWithStateAndPkceOnly() {
        String authorize = browser.submit(
                        local(connectLink(user) + "?scope=identity:&redirect_uri=https://evil.example"))
                .location();

        assertTrue(
                authorize.startsWith(Sandbox.url() + "/oauth/authorize?response_type=code&client_id=sandbox-client&"),
                authorize);
        assertTrue(authorize.matches(".*[?&]state=[A-Za-z0-9_-]{43}(&.*)?"), authorize);
        assertTrue(authorize.matches(".*[?&]code_challenge=[A-Za-z0-9_-]{43}(&.*)?"), authorize);
        assertTrue(authorize.contains("code_challenge_method=S256"));
        assertFalse(authorize.contains("evil"));
        assertFalse(authorize.contains("identity"));
    }

    @Test
    void bindsTheAttemptToTheBrowser() {
        browser.submit(local(connectLink(user)));

        String cookie = browser.setCookies().get(0);
        assertTrue(cookie.matches("__Host-meetgate-[^=]+=\"?[A-Za-z0-9_-]{43}\"?;.*"), cookie);
        for (String attribute : List.of("Secure", "HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=86400")) {
            assertTrue(cookie.contains(attribute), cookie);
        }
        assertFalse(cookie.contains("Domain"));
    }

    @Test
    void refusesACallbackInAnotherBrowserAndKeepsTheAttempt() {
        String callback = callback();

        var stranger = new Browser();
        stranger.submit(local(connectLink(freshUser())));
        assertEquals(400, stranger.open(local(callback)).status());
        assertEquals(0, Sandbox.tokenRequests("authorization_code"));

        assertTrue(browser.open(local(callback)).location().contains("status=connected"));
    }

    @Test
    void refusesACallbackWhoseCookieHasAWrongValue() {
        String callback = callback();
        var cookies = Map.copyOf(browser.cookies());
        browser.cookies().replaceAll((name, value) -> "A".repeat(value.length()));

        assertEquals(400, browser.open(local(callback)).status());
        assertEquals(0, Sandbox.tokenRequests("authorization_code"));

        browser.cookies().putAll(cookies);
        assertTrue(browser.open(local(callback)).location().contains("status=connected"));
    }

    @Test
    void redeemsACodeOnce() {
        String callback = callback();
        var cookies = Map.copyOf(browser.cookies());

        String end = browser.open(local(callback)).location();
        browser.cookies().putAll(cookies);

        assertEquals(end, browser.open(local(callback)).location());
        assertEquals(1, Sandbox.tokenRequests("authorization_code"));
        assertEquals(200, Api.meetings(user).statusCode());
    }

    @Test
    void knowsNoOtherLink() {
        assertEquals(
                404,
                browser.open(local("http://localhost:8080/connect/no-such-link"))
                        .status());
    }

    @Test
    void refusesAnExpiredLink() {
        String link = connectLink(user);
        Database.update("update connect_link set expires_at = now() where user_id = ?", user);

        assertEquals(404, browser.open(local(link)).status());
        assertEquals(404, browser.submit(local(link)).status());
    }

    /** Headers are separated by a bar. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Site: same-site",
                "Sec-Fetch-Site: none",
                "Sec-Fetch-Site: cross-site|Origin: http://localhost:8080",
                "Origin: https://evil.example",
                "Origin: null",
                "Origin: http://localhost",
                "Origin: https://localhost:8080",
                "Origin: http://localhost:8080.evil.example",
                "Origin: http://localhost:8080|Origin: https://evil.example",
                "Origin: null|Referer: http://localhost:8080/connect/x",
                "Referer: https://evil.example/http://localhost:8080/",
                "Referer: http://localhost:80800/",
                "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:68.0) Gecko/20100101 Firefox/68.0",
            })
    void refusesToBeginFromAnotherSiteAndKeepsTheLink(String headers) {
        String link = connectLink(user);

        assertTrue(begin(link, headers.split("\\|")).startsWith("HTTP/1.1 403 "));
        assertTrue(begin(link, "Sec-Fetch-Site: same-origin").startsWith("HTTP/1.1 303 "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Origin: http://localhost:8080|User-Agent: Mozilla/5.0 (iPhone; CPU iPhone OS 15_8)",
                "Referer: http://localhost:8080/connect/x|User-Agent: Mozilla/5.0 (X11) Firefox/68.0",
                "User-Agent: curl/8.5.0",
            })
    void beginsFromItsOwnPageInAnOldBrowser(String headers) {
        assertTrue(begin(connectLink(user), headers.split("\\|")).startsWith("HTTP/1.1 303 "));
    }

    /** The page's policy must let old browsers send the page's origin. */
    @Test
    void tellsBrowsersToSendTheOriginOfItsForm() {
        assertTrue(browser.open(local(connectLink(user)))
                .body()
                .contains("<meta name=\"referrer\" content=\"same-origin\">"));
    }

    private static String begin(String link, String... headers) {
        return RawSocket.send("POST", URI.create(link).getPath(), headers);
    }

    /**
     * A sibling domain can set cookies with other names for the whole site. NAME and SECRET are those of the
     * attempt.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "x=1,NAME=SECRET",
                "x=1, NAME=SECRET",
                "x=\"1; NAME=SECRET\"",
                "x=1 NAME=SECRET",
                "NAME=SECRET; NAME=SECRET",
                "NAME=SECRET; NAME=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "NAME=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA; NAME=SECRET",
                "NAME=SECRET; NAME",
                "NAME=\"SECRET\"",
                "NAME=SECRET=",
                "NAME=SECRET, x=1",
                "NAME=SECRETA",
                "NAME",
                "$Version=1; x=1; $NAME=SECRET",
                "$Version=\"1,NAME=SECRET\"",
                "x=1,NAME=SECRET\r\nCookie: y=1,NAME=SECRET",
                "NAME=SECRET\r\nCookie: NAME=SECRET",
            })
    @Tag("thorough")
    void refusesACookieThatItDidNotSet(String cookies) {
        String callback = callback();

        String answer = callback(callback, cookies);
        assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
        assertTrue(answer.contains("Please start again"), answer);
        assertEquals(0, Sandbox.tokenRequests("authorization_code"));
        assertTrue(browser.open(local(callback)).location().contains("status=connected"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NAME=SECRET",
                "x=1;NAME=SECRET;y=2",
                "x=\"1; NAME=SECRET; $Version=x",
                "$Version=x; =; ;; NAME=SECRET; \u00e9=\u00ff",
                "x=1\r\nCookie: NAME=SECRET",
            })
    void readsItsCookieAmongOddOnes(String cookies) {
        String answer = callback(callback(), cookies);

        assertTrue(answer.contains("status=connected"), answer);
    }

    /** Sends a callback with these cookies. */
    private String callback(String callback, String cookies) {
        var ours = browser.cookies().entrySet().iterator().next();
        String field = cookies.replace("NAME", ours.getKey()).replace("SECRET", ours.getValue());
        URI address = URI.create(callback);
        return RawSocket.send("GET", address.getRawPath() + "?" + address.getRawQuery(), "Cookie: " + field);
    }

    @Test
    void deletesOnlyCookiesThatItCanHaveSet() {
        String six = IntStream.range(0, 6)
                .mapToObj(i -> "__Host-meetgate-" + "A".repeat(15) + i + "=x")
                .collect(Collectors.joining("; "));
        String answer =
                begin(connectLink(user), "Cookie: __Host-meetgate-\"<canary>=x; __Host-meetgate-\u00e9=x; " + six);

        assertTrue(answer.startsWith("HTTP/1.1 303 "), answer);
        assertFalse(answer.contains("canary"), answer);
        assertEquals(3, answer.split("(?i)set-cookie:").length - 1, answer);
    }

    @Test
    void keepsTabsApartAndLimitsCookies() {
        String first = callback();
        String second = callback();
        assertTrue(browser.open(local(second)).location().contains("status=connected"));
        assertTrue(browser.open(local(first)).location().contains("status=connected"));
        assertTrue(browser.setCookies().get(browser.setCookies().size() - 1).contains("Max-Age=120"));

        for (int i = 0; i < 8; i++) {
            browser.submit(local(connectLink(user)));
        }
        assertEquals(5, browser.cookies().size());
    }

    @Test
    void replacesTheTokensWhenAUserConnectsAgain() {
        walk(browser, connectLink(user));
        String since = asDemo().get("/v1/users/{user}/connection", user).path("connectedAt");
        Sandbox.set("consentAccount", "sam.lee@example.com");
        walk(browser, connectLink(user));

        assertEquals(2, generation(user));
        asDemo().get("/v1/users/{user}/connection", user)
                .then()
                .body("account.email", equalTo("sam.lee@example.com"))
                .body("connectedAt", notNullValue());
        assertTrue(since.compareTo(
                        asDemo().get("/v1/users/{user}/connection", user).path("connectedAt"))
                < 0);
        assertEquals(1, Collections.frequency(connectedUsers(), user));
    }

    private static List<String> connectedUsers() {
        var users = new ArrayList<String>();
        String cursor = "";
        while (cursor != null) {
            JsonPath page = asDemo().get("/v1/connections?limit=200&cursor={cursor}", cursor)
                    .jsonPath();
            users.addAll(page.getList("items.user"));
            cursor = page.getString("nextCursor");
        }
        return users;
    }

    @Test
    void endsOnItsOwnPageWithoutAReturnUrl() {
        String link = asDemo().post("/v1/users/{user}/connect-links", user).path("url");

        String end = walk(browser, link);
        assertEquals("http://localhost:8080/connected?status=connected", end);
        var page = browser.open(local(end)).body();
        assertTrue(page.contains("Connected as jane.doe@example.com"), page);
        assertTrue(page.contains("Demo application can now work"), page);
        var elsewhere = new Browser().open(local(end)).body();
        assertTrue(elsewhere.contains("is connected"), elsewhere);
        assertFalse(elsewhere.contains("jane.doe"), elsewhere);
    }

    @Test
    void tellsThatAnAccountHasNoLicence() {
        Sandbox.set("consentAccount", "free.plan@example.com");
        String link = asDemo().post("/v1/users/{user}/connect-links", user).path("url");

        var page = browser.open(local(walk(browser, link))).body();
        assertTrue(page.contains("Connected, but without a licence"), page);
        assertTrue(page.contains("Ask your GoTo administrator for a licence"), page);
    }

    /** Support asks for the code, and finds the line of the log. */
    @Test
    @DisabledOnIntegrationTest("reads the log of this process")
    void logsTheCodeThatAFailureShows() {
        Sandbox.fault("token", "STATUS", Map.of("status", 401, "body", Map.of("error", "invalid_client")));
        String link = asDemo().post("/v1/users/{user}/connect-links", user).path("url");
        String end = walk(browser, link);
        try (var log = new WrittenLog()) {
            var page = browser.open(local(end), "X-Request-Id", "4fd0a1b2-0000-4000-8000-000000000000")
                    .body();
            assertTrue(page.contains("Only the people behind Demo application can solve this"), page);
            assertTrue(page.contains("<code>unauthorized-client 4fd0a1b2</code>"), page);
            assertTrue(log.text().contains("Showed the page unauthorized-client 4fd0a1b2"), log.text());
            assertTrue(log.text().contains(user), log.text());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/connect/unknown", "/callback?state=unknown&code=any", "/connected?status=failed"})
    @DisabledOnIntegrationTest("reads the log of this process")
    void logsNothingForAnybodyWithoutALink(String address) {
        try (var log = new WrittenLog()) {
            assertTrue(browser.open(local("http://localhost:8080" + address))
                    .body()
                    .contains("<code>"));
            assertFalse(log.text().contains("Showed the page"), log.text());
        }
    }

    @Test
    void reportsThatConsentWasDenied() {
        Sandbox.set("consent", "DENY");

        assertEquals(RETURN_URL + "&status=denied&user=" + user, walk(browser, connectLink(user)));
        assertNothingStored();
    }

    @ParameterizedTest
    @CsvSource({
        "invalid_request, invalid-request",
        "unauthorized_client, unauthorized-client",
        "unsupported_response_type, unsupported-response-type",
        "invalid_scope, invalid-scope",
        "server_error, server-error",
        "temporarily_unavailable, temporarily-unavailable",
        "something_new, authorization-failed",
        "connected, authorization-failed",
    })
    void reportsEachAuthorizationErrorByName(String error, String problem) {
        Sandbox.set("consent", error);

        assertEquals(
                RETURN_URL + "&status=failed&user=" + user + "&problem=" + problem, walk(browser, connectLink(user)));
        assertNothingStored();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RESET", "RESET_AFTER", "EMPTY", "HTML", "NONSENSE", "HUGE", "HALF", "DUPLICATE_KEYS"})
    @Tag("thorough")
    void storesNothingWhenTheTokenEndpointMisbehaves(String kind) {
        Sandbox.fault("token", kind);

        assertFails("goto-unavailable");
        assertTrue(Sandbox.requests("token") <= 1);
    }

    @ParameterizedTest
    @CsvSource({
        "503, temporarily_unavailable, goto-unavailable",
        "500, server_error, goto-unavailable",
        "429, slow_down, goto-unavailable",
        "302, moved, goto-unavailable",
        "401, invalid_client, unauthorized-client",
        "400, invalid_grant, code-refused",
        "400, invalid_request, code-refused",
    })
    void reportsErrorsOfTheTokenEndpoint(int status, String error, String problem) {
        Sandbox.fault("token", "STATUS", Map.of("status", status, "body", Map.of("error", error)));

        assertFails(problem);
        assertEquals(1, Sandbox.requests("token"));
    }

    @Test
    void refusesTokensOfAnotherType() {
        Sandbox.set("tokenType", "mac");

        assertFails("goto-unavailable");
    }

    @Test
    void refusesAnotherIssuer() {
        Sandbox.set("issuer", "https://evil.example.com");

        assertFails("wrong-issuer");
        assertEquals(0, Sandbox.requests("token"));
    }

    @Test
    void connectsWithoutAnIssuer() {
        Sandbox.set("sendIssuer", false);

        assertTrue(walk(browser, connectLink(user)).contains("status=connected"));
    }

    @Test
    void refusesACallbackWithoutExactlyOneCode() {
        for (String extra : List.of("&error=server_error", "&code=another")) {
            String callback = callback();
            assertTrue(browser.open(local(callback) + extra).location().contains("status=failed"));
        }
        String callback = callback();
        String withoutCode = local(callback).replaceAll("code=[^&]*&?", "");
        assertTrue(browser.open(withoutCode).location().contains("problem=unreadable-response"));

        assertEquals(0, Sandbox.requests("token"));
        assertNothingStored();
    }

    @Test
    void refusesACallbackWithoutAKnownState() {
        String callback = callback();
        String ours = "http://localhost:8080/callback";

        assertEquals(400, browser.open(local(ours)).status());
        assertEquals(400, browser.open(local(ours + "?code=a&state=b")).status());
        assertEquals(400, browser.open(local(callback) + "&state=b").status());
        assertEquals(
                414, browser.open(local(callback) + "&x=" + "a".repeat(9_000)).status());
        assertEquals(0, Sandbox.requests("token"));
    }

    @Test
    @Tag("thorough")
    void asksTheSecondEndpointForTheAccountWhenTheFirstFails() {
        Sandbox.fault("me", "STATUS", Map.of("status", 403));
        assertTrue(walk(browser, connectLink(user)).contains("status=connected"));
        asDemo().get("/v1/users/{user}/connection", user).then().body("account.email", equalTo("jane.doe@example.com"));

        Sandbox.fault("me", "STATUS", Map.of("status", 500, "times", 6));
        assertTrue(walk(browser, connectLink(user)).contains("status=connected"));
        asDemo().get("/v1/users/{user}/connection", user).then().body("account.email", equalTo("jane.doe@example.com"));
    }

    @Test
    void reportsAMissingScope() {
        Sandbox.set("grantedScope", "identity:scim.me");

        assertTrue(walk(browser, connectLink(user)).contains("status=failed&user=" + user + "&problem=scope-missing"));
        asDemo().get("/v1/users/{user}/connection", user)
                .then()
                .body("status", equalTo("RECONNECT_REQUIRED"))
                .body("reason", equalTo("SCOPE_MISSING"));
    }

    @Test
    void keepsAWorkingConnectionWhenANewConsentLacksTheScope() {
        walk(browser, connectLink(user));
        Sandbox.set("grantedScope", "identity:scim.me");

        assertTrue(walk(browser, connectLink(user)).contains("problem=scope-missing"));
        asDemo().get("/v1/users/{user}/connection", user).then().body("status", equalTo("CONNECTED"));
        Api.meetings(user).then().statusCode(200);
    }

    @Test
    void acceptsARepeatedScope() {
        Sandbox.set("grantedScope", "collab: collab:");

        assertTrue(walk(browser, connectLink(user)).contains("status=connected"));
        asDemo().get("/v1/users/{user}/connection", user).then().body("scopes", equalTo(List.of("collab:")));
    }

    @Test
    void assumesTheRequestedScopeAndADefaultLifetime() {
        Sandbox.set("omitScope", true);
        Sandbox.set("omitExpiresIn", true);

        assertTrue(walk(browser, connectLink(user)).contains("status=connected"));
        asDemo().get("/v1/users/{user}/connection", user).then().body("scopes", equalTo(List.of("collab:")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example.com/",
                "//evil.example.com/",
                "https://app.example.com\\@evil.example.com/back?from=meetgate",
                "https://user@app.example.com/back?from=meetgate",
                "javascript:alert(1)",
                "https://app.example.com:8443/back?from=meetgate",
                "https://app.example.com/back?from=meetgate#fragment",
                "https://app.example.com/back?from=meetgate&more=1",
                "https://APP.example.com/back?from=meetgate",
                "https://app.example.com/%62ack?from=meetgate",
                "",
            })
    void refusesReturnUrlsThatTheTenantDoesNotList(String returnUrl) {
        asDemo().body(Map.of("returnUrl", returnUrl))
                .post("/v1/users/{user}/connect-links", user)
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid-request"))
                .body("field", equalTo("returnUrl"));
    }

    @ParameterizedTest
    @CsvSource({"returnUrl, 5", "displayName, true", "displayName, ''", "displayName, ' '"})
    void namesTheWrongField(String field, String value) {
        Object typed = value.equals("5") ? (Object) 5 : value.equals("true") ? (Object) true : value;
        asDemo().body(Map.of(field, typed))
                .post("/v1/users/{user}/connect-links", user)
                .then()
                .statusCode(400)
                .body("field", equalTo(field));
    }

    @Test
    void createsALinkThatExpires() {
        asDemo().body(Map.of())
                .post("/v1/users/{user}/connect-links", user)
                .then()
                .statusCode(201)
                .body("url", startsWith("http://localhost:8080/connect/"))
                .body("expiresAt", matchesPattern("\\d{4}-\\d\\d-\\d\\dT.*Z"));
    }

    @Test
    void forbidsFramesAndForeignContent() {
        var page = browser.open(local(connectLink(user)));

        assertTrue(page.header("Content-Security-Policy").contains("default-src 'none'"));
        assertTrue(page.header("Content-Security-Policy").contains("frame-ancestors 'none'"));
        assertEquals("no-referrer", page.header("Referrer-Policy"));
        assertEquals("no-store", page.header("Cache-Control"));
        assertEquals("nosniff", page.header("X-Content-Type-Options"));
        assertEquals("DENY", page.header("X-Frame-Options"));
        assertEquals("unsafe-none", page.header("Cross-Origin-Opener-Policy"));
        assertEquals("max-age=31536000; includeSubDomains", page.header("Strict-Transport-Security"));
        assertFalse(page.body().matches("(?s).*(src|href)=\"(https?:)?//.*"));
    }

    /** Goes from a new connect link to GoTo and returns the callback that follows. */
    private String callback() {
        return browser.open(browser.submit(local(connectLink(user))).location()).location();
    }

    private void assertFails(String problem) {
        assertEquals(
                RETURN_URL + "&status=failed&user=" + user + "&problem=" + problem, walk(browser, connectLink(user)));
        assertNothingStored();
    }

    private void assertNothingStored() {
        asDemo().get("/v1/users/{user}/connection", user).then().statusCode(404).body("code", equalTo("not-connected"));
    }
}
