package dev.meetgate.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meetgate.Api;
import dev.meetgate.Browser;
import dev.meetgate.Browser.Page;
import io.restassured.RestAssured;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Operators sign in to the console at Keycloak, whose client insists on PKCE and has the roles in its access tokens. */
class KeycloakConsoleIT {

    private static final String[] AS_BROWSERS = {"Accept", "text/html"};

    private static RealServer keycloak;
    private static Replica replica;

    @BeforeAll
    static void start() throws Exception {
        keycloak = RealServer.Product.KEYCLOAK.start();
        Map<String, String> settings = Replica.surroundings();
        settings.put("MEETGATE_CONSOLE_ISSUER", keycloak.issuer());
        settings.put("MEETGATE_CONSOLE_CLIENT_ID", "console");
        settings.put("MEETGATE_CONSOLE_CLIENT_SECRET", "console-secret");
        settings.put("MEETGATE_CONSOLE_ROLE", "meetgate-operators");
        replica = Replica.start(settings);
        RestAssured.port = replica.port();
    }

    @AfterAll
    static void stop() throws Exception {
        for (AutoCloseable started :
                Stream.of(replica, keycloak).filter(Objects::nonNull).toList()) {
            started.close();
        }
    }

    @Test
    void letsAnOperatorInAndOut() {
        var browser = new Browser();
        Page signedIn = signIn(browser, "olga", "/console/users?tenant=demo");
        assertTrue(signedIn.location().endsWith("/console/users?tenant=demo"), signedIn.location());

        Page page = browser.open(Api.local(signedIn.location()), AS_BROWSERS);
        assertEquals(200, page.status());
        assertTrue(page.body().contains("<span>olga</span>"), page.body());

        String csrf = Jsoup.parse(page.body()).select("input[name=csrf]").attr("value");
        Page out = browser.submit(here("/console/sign-out"), Map.of("csrf", csrf));
        assertEquals(200, out.status());
        assertTrue(out.body().contains("You are signed out"), out.body());
        assertEquals(303, browser.open(here("/console"), AS_BROWSERS).status());
    }

    @Test
    void refusesAPersonWithoutTheRole() throws Exception {
        var browser = new Browser();
        Page refused = signIn(browser, "jane", "/console");

        assertEquals(403, refused.status());
        assertTrue(refused.body().contains("You may not use the console"), refused.body());
        assertTrue(
                refused.body().contains("You are signed in as jane, who lacks the role meetgate-operators"),
                refused.body());
        assertFalse(browser.cookies().containsKey("__Host-meetgate-console"));
        assertEquals(303, browser.open(here("/console"), AS_BROWSERS).status());
        assertTrue(replica.log().contains("jane may not use the console, for want of the role meetgate-operators"));
    }

    /** From a page of the console to Keycloak and back, to what the callback answers. */
    private static Page signIn(Browser browser, String name, String page) {
        String signIn = browser.open(here(page), AS_BROWSERS).location();
        String authorize = browser.open(Api.local(signIn), AS_BROWSERS).location();
        assertTrue(authorize.startsWith(keycloak.endpoint("authorization")), authorize);
        assertTrue(authorize.contains("code_challenge_method=S256"), authorize);
        return browser.open(Api.local(new Jane(browser, name).goesOnFrom(authorize)), AS_BROWSERS);
    }

    private static String here(String page) {
        return "http://localhost:" + RestAssured.port + page;
    }
}
