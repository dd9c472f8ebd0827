package dev.meetgate.console;

import static dev.meetgate.Api.asDemo;
import static dev.meetgate.Api.connectedUser;
import static dev.meetgate.Api.freshUser;
import static dev.meetgate.Api.local;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.meetgate.Await;
import dev.meetgate.Browser;
import dev.meetgate.Browser.Page;
import dev.meetgate.Database;
import dev.meetgate.LogLines;
import dev.meetgate.Sandbox;
import dev.meetgate.http.PublicUrl;
import dev.meetgate.issuer.IssuerClient;
import dev.meetgate.issuer.OpenIdProvider;
import dev.meetgate.local.LocalSurroundings;
import dev.meetgate.secret.Sealer;
import dev.meetgate.secret.Secret;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The console as operators reach it: by sign-in, with forms that change something. */
@QuarkusTest
@TestProfile(SignInTest.WithProvider.class)
class SignInTest {

    private static final String HTML = "text/html,application/xhtml+xml,*/*;q=0.8";
    private static final String SESSION = "__Host-meetgate-console";
    private static final TestOpenIdProvider PROVIDER = TestOpenIdProvider.INSTANCE;

    public static class WithProvider implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            var settings = new HashMap<String, String>();
            settings.put("meetgate.console.issuer", TestOpenIdProvider.url());
            settings.put("meetgate.console.client-id", TestOpenIdProvider.CLIENT);
            settings.put("meetgate.console.client-secret", TestOpenIdProvider.SECRET);
            settings.put("meetgate.console.role", "meetgate-operators");
            settings.put("meetgate.webhook-private-targets", "true");
            settings.put(
                    "meetgate.tenants.demo.webhook-url",
                    LocalSurroundings.settings().get("goto.api-url") + "/webhook");
            settings.put("meetgate.tenants.demo.webhook-secret", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwAAECAwQFBgc=");
            return settings;
        }
    }

    private static HttpServer server;

    @Inject
    Sealer sealer;

    @Inject
    PublicUrl publicUrl;

    @Inject
    IssuerClient issuerClient;

    @BeforeAll
    static void start() {
        server = PROVIDER.start();
    }

    @AfterAll
    static void stop() {
        server.stop(0);
    }

    @BeforeEach
    void reset() {
        PROVIDER.reset();
        Sandbox.reset();
        Database.update("delete from delivery");
        Database.update("update webhook set disabled_at = null, paused_until = null");
    }

    private static String at(String path) {
        return "http://localhost:" + RestAssured.port + path;
    }

    private static Page open(Browser browser, String path) {
        return browser.open(at(path), "Accept", HTML);
    }

    /** Goes through the sign-in that a page demands, and returns the answer of the callback. */
    private static Page signIn(Browser browser, String page) {
        String signIn = open(browser, page).location();
        String provider = browser.open(at(path(signIn))).location();
        return browser.open(local(browser.open(provider).location()), "Accept", HTML);
    }

    private static String path(String location) {
        return location.replaceFirst("^https?://[^/]+", "");
    }

    private static Browser signedIn() {
        var browser = new Browser();
        Page end = signIn(browser, "/console");
        assertEquals(303, end.status(), end.body());
        return browser;
    }

    private static String csrf(Page page) {
        Matcher field =
                Pattern.compile("name=\"csrf\" value=\"([0-9a-f]{64})\"").matcher(page.body());
        assertTrue(field.find(), page.body());
        return field.group(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/console", "/console/users?user=a%26b", "/console/users/demo/alice", "/console/webhooks"})
    @Tag("thorough")
    void demandsASignIn(String page) {
        var browser = new Browser();
        given().header("Accept", "application/json")
                .urlEncodingEnabled(false)
                .get(page)
                .then()
                .statusCode(401)
                .body("code", equalTo("unauthenticated"));

        Page end = signIn(browser, page);

        assertEquals(303, end.status());
        assertEquals(page, path(end.location()));
        assertEquals(200, open(browser, page).status());
        assertTrue(open(browser, page).body().contains("olga"));
    }

    @Test
    void keepsTheSessionInASafeCookie() {
        var browser = signedIn();

        List<String> cookies = browser.setCookies().stream()
                .filter(cookie -> cookie.startsWith("__Host-meetgate-"))
                .toList();
        assertTrue(cookies.size() >= 3, cookies.toString());
        cookies.forEach(cookie -> {
            assertTrue(cookie.matches("(?i).*; *path=/(;.*|$)"), cookie);
            Stream.of("Secure", "HttpOnly", "SameSite=Lax").forEach(part -> assertTrue(cookie.contains(part), cookie));
            assertFalse(cookie.contains("Domain"), cookie);
            assertFalse(cookie.contains("olga"), cookie);
        });
        assertTrue(cookies.stream()
                .anyMatch(cookie -> cookie.startsWith(SESSION) && cookie.matches("(?i).*max-age=28800.*")));
        assertEquals(List.of(SESSION), List.copyOf(browser.cookies().keySet()));
    }

    @Test
    void opensTheConsoleAlone() {
        var browser = signedIn();
        assertEquals(401, browser.open(at("/v1/connections")).status());
        assertEquals(401, browser.submit(at("/v1/upkeep")).status());
    }

    @Test
    void answersProgramsWithTheSameSession() {
        var browser = signedIn();
        Page fleet = browser.open(at("/console"), "Accept", "application/json");
        assertEquals(200, fleet.status());
        assertTrue(fleet.body().contains("\"sealingKeys\""), fleet.body());
    }

    @Test
    void letsNobodyInWithoutTheRole() {
        PROVIDER.idToken = claims -> claims.setClaim("groups", List.of("others", "meetgate-operators-not"));
        var browser = new Browser();
        Page end = signIn(browser, "/console");

        assertEquals(403, end.status());
        assertTrue(end.body().contains("lacks the role meetgate-operators"), end.body());
        assertFalse(browser.cookies().containsKey(SESSION));
        assertEquals(303, open(browser, "/console").status());
    }

    /** As Keycloak has them. */
    @Test
    void findsTheRoleInTheAccessToken() {
        PROVIDER.idToken = claims -> {};
        PROVIDER.accessToken = Map.of(
                "azp", TestOpenIdProvider.CLIENT, "realm_access", Map.of("roles", List.of("meetgate-operators")));
        assertEquals(303, signIn(new Browser(), "/console").status());

        PROVIDER.accessToken =
                Map.of("azp", "another-client", "realm_access", Map.of("roles", List.of("meetgate-operators")));
        assertEquals(403, signIn(new Browser(), "/console").status());
    }

    @Test
    void refusesIdTokensThatAreNotOfThisSignIn() {
        var wrong = new HashMap<String, java.util.function.Consumer<JwtClaims>>();
        wrong.put("nonce", claims -> claims.setClaim("nonce", "another"));
        wrong.put("no nonce", claims -> claims.unsetClaim("nonce"));
        wrong.put("audience", claims -> claims.setAudience("another-client"));
        wrong.put("issuer", claims -> claims.setIssuer("https://another.example.com"));
        wrong.put("azp", claims -> claims.setClaim("azp", "another-client"));
        wrong.put("end", claims -> claims.setExpirationTime(NumericDate.fromSeconds(1_700_000_000)));
        wrong.put("no end", claims -> claims.unsetClaim("exp"));
        wrong.put("subject", claims -> claims.unsetClaim("sub"));
        wrong.put("name", claims -> claims.setClaim("preferred_username", "a\nb"));
        wrong.put("long name", claims -> claims.setClaim("preferred_username", "a".repeat(101)));
        var accepted = new ArrayList<String>();
        wrong.forEach((name, change) -> {
            PROVIDER.reset();
            PROVIDER.idToken = PROVIDER.idToken.andThen(change);
            var browser = new Browser();
            if (signIn(browser, "/console").status() != 403 || browser.cookies().containsKey(SESSION)) {
                accepted.add(name);
            }
        });
        assertEquals(List.of(), accepted);
    }

    @Test
    void refusesIdTokensThatTheProviderDidNotSign() {
        PROVIDER.algorithm = "RS512";
        assertEquals(403, signIn(new Browser(), "/console").status());
        PROVIDER.reset();
        PROVIDER.isForged = true;
        try (var log = new LogLines()) {
            assertEquals(403, signIn(new Browser(), "/console").status());
            assertEquals(1, log.with("A sign-in to the console failed").size());
            assertEquals(0, log.with("eyJ").size());
        }
    }

    @Test
    void finishesASignInInItsOwnBrowserOnce() {
        var browser = new Browser();
        String provider = browser.open(at("/console/sign-in")).location();
        String callback = local(browser.open(provider).location());

        assertEquals(400, new Browser().open(callback).status());
        assertEquals(
                400,
                browser.open(callback.replaceAll("state=[^&]*", "state=another"))
                        .status());
        assertEquals(400, browser.open(callback.replaceAll("&state=[^&]*", "")).status());
        assertEquals(303, browser.open(callback).status());
        assertEquals(400, browser.open(callback).status());
    }

    /** The name of the cookie has a part of the state's hash alone. */
    @Test
    void comparesTheWholeState() {
        String cookie = "__Host-meetgate-sign-in-"
                + HexFormat.of().formatHex(Secret.of("sent").sha256(), 0, 8);
        String content =
                "{\"state\": \"begun\", \"verifier\": \"v\", \"nonce\": \"n\", \"to\": \"/console\", \"end\": %d}"
                        .formatted(Instant.now().getEpochSecond() + 60);

        assertEquals(
                400,
                new Browser()
                        .open(
                                at("/console/callback?state=sent&code=1"),
                                "Cookie",
                                cookie + "=" + sealed(cookie, content))
                        .status());
    }

    @Test
    void endsASignInThatTheProviderRefuses() {
        var browser = new Browser();
        String callback = local(
                browser.open(browser.open(at("/console/sign-in")).location()).location());
        String refused = callback.replaceAll("code=[^&]*", "error=access_denied");

        assertEquals(403, browser.open(refused).status());
        assertEquals(400, browser.open(callback).status());
    }

    @ParameterizedTest
    @CsvSource({
        "issuer, https://another.example.com",
        "authorization_endpoint, http://another.example.com/authorize",
        "token_endpoint, http://another.example.com/token",
        "jwks_uri, http://another.example.com/keys",
        "jwks_uri, file:///etc/passwd",
        "jwks_uri, https://not an address"
    })
    void refusesMetadataThatLeadsElsewhere(String name, String value) {
        PROVIDER.metadata = Map.of(name, value);
        var client = new OpenIdProvider.Client(
                TestOpenIdProvider.url(), TestOpenIdProvider.CLIENT, Secret.of(TestOpenIdProvider.SECRET), false);
        // One that knows no metadata yet.
        var fresh = new OpenIdProvider(client, issuerClient);

        assertThrows(OpenIdProvider.Unusable.class, () -> fresh.authorizationUri(
                        OpenIdProvider.Attempt.begin(), publicUrl.of("/console/callback"), false)
                .await()
                .atMost(Duration.ofSeconds(5)));
    }

    @Test
    void refusesTheAnswerOfAnotherIssuer() {
        var browser = new Browser();
        String callback = local(
                browser.open(browser.open(at("/console/sign-in")).location()).location());
        assertEquals(
                403,
                browser.open(callback.replaceAll("iss=[^&]*", "iss=https://evil.example.com"))
                        .status());
        assertFalse(browser.cookies().containsKey(SESSION));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example.com/console",
                "//evil.example.com",
                "/console%40evil.example.com",
                "/console%5C%5Cevil",
                "/consolex",
                "/v1/connections",
                "javascript:alert(1)",
                "/console?a=%7C"
            })
    void leadsNowhereElse(String to) {
        var browser = new Browser();
        String provider = browser.open(at("/console/sign-in?to=" + to)).location();
        Page end = browser.open(local(browser.open(provider).location()));
        assertEquals(at("/console"), local(end.location()));
    }

    @Test
    void saysThatTheProviderIsAway() {
        PROVIDER.isDown = true;
        var browser = new Browser();
        String address = open(browser, "/console").location();
        // The metadata may be known. The tokens are not.
        Page page = browser.open(at(path(address)));
        if (page.status() == 303) {
            PROVIDER.isDown = false;
            String callback = local(browser.open(page.location()).location());
            PROVIDER.isDown = true;
            page = browser.open(callback);
        }
        assertEquals(503, page.status());
        assertTrue(page.body().contains("MEETGATE_CONSOLE_ISSUER"));
        PROVIDER.isDown = false;
        Await.until(() -> new Browser().open(at("/console/sign-in")).status() == 303);
        assertEquals(303, signIn(new Browser(), "/console").status());
    }

    @Test
    @Tag("thorough")
    void saysThatTheKeysAreAway() {
        signedIn();
        PROVIDER.hasNoKeys = true;
        PROVIDER.keyId = "new";
        var browser = new Browser();

        Page page = signIn(browser, "/console");

        assertEquals(503, page.status());
        assertTrue(page.body().contains("The sign-in does not answer"), page.body());
        assertEquals(Map.of(), browser.cookies());
    }

    @Test
    void saysThatTheProviderRefusesTheClient() {
        signedIn();
        PROVIDER.secret = "another";
        try (var log = new LogLines()) {
            assertEquals(503, signIn(new Browser(), "/console").status());
            assertEquals(1, log.with("MEETGATE_CONSOLE_CLIENT_SECRET").size());
        }
    }

    @Test
    @Tag("thorough")
    void signsInInTwoTabs() {
        var browser = new Browser();
        String one = browser.open(at("/console/sign-in?to=/console/users")).location();
        String other = browser.open(at("/console/sign-in")).location();

        assertEquals(
                "/console/users",
                path(browser.open(local(browser.open(one).location())).location()));
        assertEquals(
                "/console",
                path(browser.open(local(browser.open(other).location())).location()));
        for (int attempt = 0; attempt < 20; attempt++) {
            browser.open(at("/console/sign-in"));
        }
        assertTrue(browser.cookies().size() <= 6, browser.cookies().toString());
    }

    @Test
    void leadsFromALongAddressToTheStart() {
        var browser = new Browser();
        String provider = browser.open(at("/console/sign-in?to=/console?a=" + "a".repeat(1000)))
                .location();
        assertEquals(
                "/console",
                path(browser.open(local(browser.open(provider).location())).location()));
    }

    @Test
    void showsBrowsersPagesOfProblems() {
        var browser = signedIn();
        for (String path : List.of("/console/nothing", "/console/users?status=GONE")) {
            Page page = open(browser, path);
            assertTrue(page.status() >= 400, path);
            assertTrue(page.body().contains("<h1>"), page.body());
        }
        Page forbidden = browser.open(at("/console"), "Accept", HTML, "Authorization", "Bearer wrong");
        assertTrue(forbidden.body().contains("<h1>"), forbidden.body());
        assertTrue(browser.open(at("/console/nothing")).body().startsWith("{"));
    }

    @Test
    void endsASession() {
        for (Map.Entry<Long, Integer> session : Map.of(60L, 200, -1L, 303).entrySet()) {
            long end = Instant.now().getEpochSecond() + session.getKey();
            String content = "{\"name\": \"olga\", \"csrf\": \"00\", \"end\": %d}".formatted(end);
            String cookie = sealed(SESSION, content);
            assertEquals(
                    session.getValue(),
                    new Browser()
                            .open(at("/console"), "Accept", HTML, "Cookie", SESSION + "=" + cookie)
                            .status());
        }
    }

    private String sealed(String cookie, String content) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(sealer.seal(
                        Secret.of(content),
                        "console",
                        cookie,
                        TestOpenIdProvider.url(),
                        TestOpenIdProvider.CLIENT,
                        "meetgate-operators",
                        publicUrl.of("/console").toString()));
    }

    @Test
    void takesNoOtherCookie() {
        var browser = signedIn();
        String good = browser.cookies().get(SESSION);
        String signIn = browser.setCookies().get(0).split("[=;]")[1];
        for (String value : List.of("", "x", good.substring(1), withOtherMiddle(good), signIn)) {
            assertEquals(
                    303,
                    new Browser()
                            .open(at("/console"), "Accept", HTML, "Cookie", SESSION + "=" + value)
                            .status(),
                    value);
        }
    }

    private static String withOtherMiddle(String value) {
        int middle = value.length() / 2;
        char other = value.charAt(middle) == 'A' ? 'B' : 'A';
        return value.substring(0, middle) + other + value.substring(middle + 1);
    }

    @Test
    void signsOut() {
        var browser = signedIn();
        String csrf = csrf(open(browser, "/console"));

        assertEquals(403, browser.submit(at("/console/sign-out")).status());
        assertTrue(browser.cookies().containsKey(SESSION));
        Page page = browser.submit(at("/console/sign-out"), Map.of("csrf", csrf));

        assertEquals(200, page.status());
        assertFalse(browser.cookies().containsKey(SESSION));
        assertEquals(303, open(browser, "/console").status());
        assertFalse(browser.open(at("/console/sign-in")).location().contains("prompt="));
        var again = Pattern.compile("href=\"(/console/sign-in[^\"]*)").matcher(page.body());
        assertTrue(again.find(), page.body());
        assertTrue(browser.open(at(again.group(1))).location().endsWith("&prompt=login"));
    }

    @Test
    void checksAConnection() {
        String user = connectedUser();
        var browser = signedIn();
        String csrf = csrf(open(browser, "/console/users/demo/" + user));
        String check = at("/console/users/demo/" + user + "/check");

        Page done = browser.submit(check, Map.of("csrf", csrf));

        assertEquals(303, done.status(), done.body());
        assertTrue(open(browser, path(done.location())).body().contains("GoTo was asked, and the connection works."));
        asDemo().get("/v1/audit?user={user}", user)
                .then()
                .body("items.find { it.action == 'console.check' }.actor.kind", equalTo("operator"))
                .body("items.find { it.action == 'console.check' }.actor.name", equalTo("olga"))
                .body("items.find { it.action == 'console.check' }.outcome", equalTo("success"));

        Sandbox.expireAccessTokens();
        Sandbox.revokeGrants();
        Page refused = browser.submit(check, Map.of("csrf", csrf));
        String page = open(browser, path(refused.location())).body();
        assertTrue(page.contains("the answer is reconnect-required"), page);
        asDemo().get("/v1/audit?user={user}", user)
                .then()
                .body("items.find { it.code == 'reconnect-required' }.action", equalTo("console.check"))
                .body("items.find { it.code == 'reconnect-required' }.outcome", equalTo("success"));
        assertTrue(page.contains("Calls for %s fail".formatted(user)), page);
        String forged = path(refused.location()).replace("reconnect-required", "%3Cb%3E");
        assertFalse(open(browser, forged).body().contains("the answer is"));
    }

    @Test
    void disconnectsAUser() {
        String user = connectedUser();
        var browser = signedIn();
        String csrf = csrf(open(browser, "/console/users/demo/" + user));

        Page done = browser.submit(at("/console/users/demo/" + user + "/disconnect"), Map.of("csrf", csrf));

        assertEquals(303, done.status(), done.body());
        assertTrue(open(browser, path(done.location())).body().contains("The user was disconnected."));
        asDemo().get("/v1/users/{user}/connection", user).then().statusCode(404);
        asDemo().get("/v1/audit?user={user}", user)
                .then()
                .body("items.find { it.action == 'connection.disconnect' }.actor.kind", equalTo("operator"))
                .body("items.find { it.action == 'connection.disconnect' }.actor.name", equalTo("olga"));
    }

    @Test
    void notesADisconnectionOfNobody() {
        String user = freshUser();
        var browser = signedIn();
        String csrf = csrf(open(browser, "/console/users/demo/" + user));

        browser.submit(at("/console/users/demo/" + user + "/disconnect"), Map.of("csrf", csrf));

        asDemo().get("/v1/audit?user={user}", user)
                .then()
                .body("items.action", equalTo(List.of("console.disconnect")))
                .body("items.actor.name", equalTo(List.of("olga")));
    }

    @Test
    void notesACheckThatGotNoAnswer() {
        String user = connectedUser();
        var browser = signedIn();
        String csrf = csrf(open(browser, "/console/users/demo/" + user));
        Sandbox.faults("api", "STATUS", Map.of("status", 503));

        browser.submit(at("/console/users/demo/" + user + "/check"), Map.of("csrf", csrf));

        asDemo().get("/v1/audit?user={user}", user)
                .then()
                .body("items.find { it.action == 'console.check' }.outcome", equalTo("failed"))
                .body("items.find { it.action == 'console.check' }.code", equalTo("goto-unavailable"));
    }

    @Test
    @Tag("thorough")
    void finishesAndNotesWhatAnOperatorDoesNotWaitFor() {
        String user = connectedUser();
        var browser = signedIn();
        String csrf = csrf(open(browser, "/console/users/demo/" + user));
        Sandbox.fault("api", "SLOW", Map.of("delayMillis", 5000));
        var form = HttpRequest.newBuilder(URI.create(at("/console/users/demo/" + user + "/check")))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Cookie", SESSION + "=" + browser.cookies().get(SESSION))
                .POST(BodyPublishers.ofString("csrf=" + csrf))
                .build();
        var answer = HttpClient.newHttpClient().sendAsync(form, BodyHandlers.discarding());
        Await.until(() -> Database.count("audit_entry where outcome = 'unknown' and user_id = '" + user + "'") == 1);
        answer.cancel(true);

        Await.until(() -> "success"
                .equals(asDemo().get("/v1/audit?user={user}", user)
                        .path("items.find { it.action == 'console.check' }?.outcome")));
    }

    @Test
    void sendsAnEventAgain() {
        String begin = Instant.now().toString();
        String user = connectedUser();
        String event = asDemo().get("/v1/events?user={user}", user).path("items[0].id");
        Await.until(() -> Database.count("delivery where user_id = '%s' and state = 'DELIVERED'".formatted(user)) == 1);
        int before = Sandbox.events().size();
        Database.update("update webhook set disabled_at = now() where tenant = 'demo'");
        var browser = signedIn();
        Page webhooks = open(browser, "/console/webhooks?tenant=demo");
        assertTrue(webhooks.body().contains(event), webhooks.body());

        String again = at("/console/webhooks/demo/redeliver");
        Page done = browser.submit(again, Map.of("csrf", csrf(webhooks), "event", event));

        assertEquals(303, done.status(), done.body());
        assertTrue(open(browser, path(done.location())).body().contains("The event is being sent again."));
        Await.until(() -> Sandbox.events().size() > before);
        asDemo().get("/v1/audit?limit=200&since={begin}", begin)
                .then()
                .body("items.findAll { it.action == 'console.redeliver' }.target", hasItem(event))
                .body("items.findAll { it.action == 'console.redeliver' }.actor.name", hasItem("olga"));
        assertEquals(
                400,
                browser.submit(at("/console/webhooks/%00/redeliver"), Map.of("csrf", csrf(webhooks), "event", event))
                        .status());
        Page unknown =
                browser.submit(again, Map.of("csrf", csrf(webhooks), "event", "evt_00000000000000000000000000000000"));
        assertTrue(path(unknown.location()).contains("code=not-found"), unknown.location());
        for (String unfit : List.of("\0", "e".repeat(41))) {
            assertEquals(
                    400,
                    browser.submit(again, Map.of("csrf", csrf(webhooks), "event", unfit))
                            .status());
        }
    }

    @Test
    void saysThatTheSessionHasEndedAndLeadsToTheSignIn() {
        String action = at("/console/users/demo/nobody/check");
        Page page = new Browser().submit(action, "Accept", HTML, "Accept-Language", "de");

        assertEquals(401, page.status());
        assertTrue(page.body().contains("Ihre Sitzung ist beendet."), page.body());
        assertTrue(page.body().contains("href=\"/console/sign-in?again=true\""), page.body());
    }

    @Test
    void changesNothingWithoutTheTokenOfTheSession() {
        String user = connectedUser();
        var browser = signedIn();
        String csrf = csrf(open(browser, "/console"));
        String another = csrf(open(signedIn(), "/console"));
        for (String action : List.of(
                "/console/users/demo/" + user + "/check",
                "/console/users/demo/" + user + "/disconnect",
                "/console/sign-out",
                "/console/webhooks/demo/redeliver")) {
            for (Map<String, String> form :
                    List.<Map<String, String>>of(Map.of(), Map.of("csrf", ""), Map.of("csrf", another))) {
                assertEquals(403, browser.submit(at(action), form).status(), action + form);
            }
            assertEquals(
                    403,
                    given().cookie(SESSION, browser.cookies().get(SESSION))
                            .header("Sec-Fetch-Site", "cross-site")
                            .formParam("csrf", csrf)
                            .post(action)
                            .statusCode());
            for (String malformed :
                    List.of("csrf=%zz", "csrf=a%", "csrf=" + csrf + "&csrf=" + csrf, "&a=".repeat(1100))) {
                int status = given().cookie(SESSION, browser.cookies().get(SESSION))
                        .contentType("application/x-www-form-urlencoded")
                        .body(malformed)
                        .post(action)
                        .then()
                        .contentType("application/problem+json")
                        .extract()
                        .statusCode();
                assertTrue(status == 400 || status == 403, action + malformed);
            }
            given().cookie(SESSION, browser.cookies().get(SESSION))
                    .contentType("text/plain")
                    .body("x")
                    .post(action)
                    .then()
                    .statusCode(415)
                    .contentType("application/problem+json");
            assertEquals(401, given().formParam("csrf", csrf).post(action).statusCode());
            // A credential with the scope operate sees, and changes nothing here.
            given().header("Authorization", "Bearer demo-key")
                    .formParam("csrf", csrf)
                    .post(action)
                    .then()
                    .statusCode(403)
                    .body("code", equalTo("forbidden"));
        }
        asDemo().get("/v1/users/{user}/connection", user).then().statusCode(200);
    }
}
