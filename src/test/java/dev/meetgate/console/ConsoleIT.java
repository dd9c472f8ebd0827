package dev.meetgate.console;

import static dev.meetgate.Api.connectedUser;
import static dev.meetgate.Api.local;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.meetgate.Api;
import dev.meetgate.Browser;
import dev.meetgate.Sandbox;
import dev.meetgate.packaged.Replica;
import dev.meetgate.pages.Language;
import dev.meetgate.pages.Messages;
import io.restassured.RestAssured;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An operator reads all pages of the packaged service. A binary has no reflection to fall back on. */
@Tag("thorough")
class ConsoleIT {

    private static final String HTML = "text/html,application/xhtml+xml,*/*;q=0.8";

    private static HttpServer provider;
    private static Replica replica;
    private static final Browser browser = new Browser();

    @BeforeAll
    static void signIn() throws Exception {
        provider = TestOpenIdProvider.INSTANCE.start();
        TestOpenIdProvider.INSTANCE.reset();
        var settings = Replica.surroundings();
        settings.put("MEETGATE_CONSOLE_ISSUER", TestOpenIdProvider.url());
        settings.put("MEETGATE_CONSOLE_CLIENT_ID", TestOpenIdProvider.CLIENT);
        settings.put("MEETGATE_CONSOLE_CLIENT_SECRET", TestOpenIdProvider.SECRET);
        settings.put("MEETGATE_CONSOLE_ROLE", "meetgate-operators");
        settings.put("MEETGATE_WEBHOOK_PRIVATE_TARGETS", "true");
        settings.put("MEETGATE_TENANTS_DEMO_WEBHOOK_URL", Sandbox.url() + "/webhook");
        settings.put("MEETGATE_TENANTS_DEMO_WEBHOOK_SECRET", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwAAECAwQFBgc=");
        replica = Replica.start(settings);
        RestAssured.port = replica.port();
        Sandbox.reset();
        String atProvider =
                browser.open(at("/console/sign-in?to=/console"), "Accept", HTML).location();
        var end = browser.open(local(browser.open(atProvider).location()), "Accept", HTML);
        assertEquals(303, end.status(), end.body());
    }

    @AfterAll
    static void stop() throws Exception {
        replica.close();
        provider.stop(0);
    }

    private static String at(String path) {
        return "http://localhost:" + replica.port() + path;
    }

    @ParameterizedTest
    @EnumSource
    void showsEachPage(Language language) {
        String works = connectedUser();
        String fails = connectedUser();
        Sandbox.revokeGrants();
        Api.meetings(fails);
        for (String page : List.of(
                "/console",
                "/console/users",
                "/console/users?user=nobody",
                "/console/webhooks",
                "/console/users/demo/" + works,
                "/console/users/demo/" + fails,
                "/console/users/demo/nobody")) {
            var answer = browser.open(at(page), "Accept", HTML, "Accept-Language", language.tag());
            assertEquals(200, answer.status(), page + answer.body());
            assertTrue(answer.body().contains("<html lang=\"" + language.tag() + "\">"), answer.body());
            assertTrue(answer.body().contains("</html>"), answer.body());
        }
    }

    @ParameterizedTest
    @EnumSource
    void explainsAProblem(Language language) {
        var answer = browser.open(at("/console/nothing"), "Accept", HTML, "Accept-Language", language.tag());
        String text = Messages.of("console", language).get("problemOf_$NOT_FOUND");
        assertEquals(404, answer.status(), answer.body());
        assertTrue(answer.body().contains(Messages.escaped(text)), answer.body());
    }
}
