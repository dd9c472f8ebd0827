package dev.meetgate;

import static dev.meetgate.Api.asDemo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.meetgate.packaged.Replica;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Each page in each theme and width. {@code target/screenshots} shows what people see. */
@QuarkusTest
@TestProfile(PagesInBrowserTest.ReachableByBrowsers.class)
class PagesInBrowserTest {

    private static final int PORT = freePort();
    private static final String ROOT = "http://localhost:" + PORT;
    private static final Path SCREENSHOTS = Path.of("target/screenshots");
    private static final List<String> THEMES = List.of("light", "dark");
    private static final List<Integer> WIDTHS = List.of(320, 390, 1280);

    /** Sets the public URL to the port on which the service listens. */
    public static class ReachableByBrowsers implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.http.test-port",
                    String.valueOf(PORT),
                    "meetgate.public-url",
                    ROOT,
                    "meetgate.tenants.demo.display-name",
                    "Acme");
        }
    }

    private static ChromeDriver browser;
    private static Screen screen;

    private final String user = Api.freshUser();

    @BeforeAll
    static void start() throws IOException {
        Files.createDirectories(SCREENSHOTS);
        browser = Chromium.start();
        screen = new Screen(browser);
    }

    @AfterAll
    static void stop() {
        browser.quit();
    }

    @BeforeEach
    void begin() {
        Sandbox.reset();
        Sandbox.set("consent", "ASK");
        Sandbox.addRedirectUri(ROOT + "/callback");
        browser.executeCdpCommand("Network.clearBrowserCookies", Map.of());
        screen.language("en");
    }

    @Test
    void connect() {
        browser.get(link(Map.of("displayName", "Jane Doe")));
        shown("connect");
        browser.get(link(Map.of()));
        shown("connect-without-a-name");
        screen.language("de");
        browser.get(link(Map.of("displayName", "Jane Doe")));
        shown("connect-de");
    }

    @Test
    void denied() {
        browser.get(link(Map.of()));
        click("button");
        click("#deny");
        shown("denied");
    }

    @Test
    void connected() {
        String link = link(Map.of());
        browser.get(link);
        click("button");
        click("#allow");
        shown("connected");
        browser.get(link);
        shown("connected-already");
        browser.get(link(Map.of("displayName", "Jane Doe")));
        shown("connect-another-account");
        Sandbox.revokeGrants();
        Api.meetings(user);
        browser.get(link(Map.of("displayName", "Jane Doe")));
        shown("reconnect");
    }

    @Test
    void connectedWithoutALicence() {
        browser.get(link(Map.of()));
        click("button");
        browser.executeScript("document.querySelector('select').value = 'free.plan@example.com'");
        click("#allow");
        shown("no-licence");
    }

    @Test
    void failures() {
        browser.get(link(Map.of()));
        click("button");
        Sandbox.fault("token", "STATUS", Map.of("status", 503));
        click("#allow");
        shown("goto-unavailable");
        for (String problem : List.of("unauthorized-client", "scope-missing", "connect-expired")) {
            browser.get(ROOT + "/connected?status=failed&problem=" + problem);
            shown(problem);
        }
        browser.get(ROOT + "/callback?state=unknown");
        shown("unknown-callback");
        browser.get(ROOT + "/connect/unknown");
        shown("unknown-link");
        String link = asDemo().body(Map.of("returnUrl", "http://localhost:1/back"))
                .post("/v1/users/{user}/connect-links", user)
                .path("url");
        browser.get(link);
        Database.update("update connect_link set expires_at = now() where user_id = ?", user);
        browser.navigate().refresh();
        shown("expired-link");
    }

    private void shown(String name) {
        for (String theme : THEMES) {
            screen.theme(theme);
            for (int width : WIDTHS) {
                screen.width(width);
                String where = "%s-%d-%s".formatted(name, width, theme);
                write(SCREENSHOTS.resolve(where + ".png"), screen.picture());
                assertEquals(List.of(), screen.violations(), where);
                assertEquals(0, screen.overflow(), where);
            }
        }
    }

    private String link(Map<String, String> body) {
        return asDemo().body(body)
                .post("/v1/users/{user}/connect-links", user)
                .then()
                .statusCode(201)
                .extract()
                .path("url");
    }

    private static void click(String selector) {
        new WebDriverWait(browser, Duration.ofSeconds(20))
                .ignoring(WebDriverException.class)
                .until(ExpectedConditions.elementToBeClickable(By.cssSelector(selector)))
                .click();
    }

    private static void write(Path file, byte[] content) {
        try {
            Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        try {
            return Replica.freePort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
