package dev.meetgate;

import static dev.meetgate.Api.asDemo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.meetgate.local.LocalSurroundings;
import dev.meetgate.packaged.Replica;
import dev.meetgate.pages.Language;
import dev.meetgate.pages.Messages;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.FluentWait;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Each page in each theme and width. {@code target/screenshots} shows what people see. */
@QuarkusTest
@TestProfile(PagesInBrowserTest.ReachableByBrowsers.class)
class PagesInBrowserTest {

    private static final int PORT = freePort();
    static final String ROOT = "http://localhost:" + PORT;

    /** Sets the public URL to the port on which the service listens. */
    public static class ReachableByBrowsers implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            var settings = new HashMap<>(Map.of(
                    "quarkus.http.test-port",
                    String.valueOf(PORT),
                    "meetgate.public-url",
                    ROOT,
                    "meetgate.tenants.demo.display-name",
                    "Acme",
                    "meetgate.tenants.demo.logo-file",
                    "src/browser/acme.svg",
                    "meetgate.tenants.careful.display-name",
                    "Bureau",
                    "meetgate.console.open",
                    "true",
                    "meetgate.tenants.demo.webhook-url",
                    LocalSurroundings.settings().get("goto.api-url") + "/webhook",
                    "meetgate.tenants.demo.webhook-secret",
                    "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwAAECAwQFBgc=",
                    "meetgate.webhook-private-targets",
                    "true"));
            settings.put("meetgate.tenants.careful.color", "#ffd400");
            settings.put("meetgate.tenants.careful.privacy-url", "https://bureau.example.com/privacy");
            return settings;
        }
    }

    private static ChromeDriver browser;
    private static Screen screen;
    private static Pictures pictures;

    private final String user = Api.freshUser();

    @BeforeAll
    static void start() {
        browser = Chromium.start();
        screen = new Screen(browser);
        pictures = new Pictures(browser);
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
        pictures.shown("connect");
        pictures.kept("connect", "light", 390);
        browser.get(link(Map.of()));
        pictures.shown("connect-without-a-name");
        screen.language("de");
        browser.get(link(Map.of("displayName", "Jane Doe")));
        pictures.shown("connect-de");
        pictures.kept("connect-de-dark", "dark", 390);
    }

    @Test
    void denied() {
        browser.get(link(Map.of()));
        click("button");
        click("#deny");
        pictures.shown("denied");
    }

    @Test
    void connected() {
        String link = link(Map.of());
        browser.get(link);
        click("button");
        click("#allow");
        pictures.shown("connected");
        pictures.kept("connected", "light", 390);
        browser.get(link);
        pictures.shown("connected-already");
        browser.get(link(Map.of("displayName", "Jane Doe")));
        pictures.shown("connect-another-account");
        Sandbox.revokeGrants();
        Api.meetings(user);
        browser.get(link(Map.of("displayName", "Jane Doe")));
        pictures.shown("reconnect");
    }

    @Test
    void connectedWithoutALicence() {
        browser.get(link(Map.of()));
        click("button");
        browser.executeScript("document.querySelector('select').value = 'free.plan@example.com'");
        click("#allow");
        pictures.shown("no-licence");
    }

    @Test
    void failures() {
        browser.get(link(Map.of()));
        click("button");
        Sandbox.fault("token", "STATUS", Map.of("status", 503));
        click("#allow");
        pictures.shown("goto-unavailable");
        pictures.kept("failure", "light", 390);
        for (String problem : List.of("unauthorized-client", "scope-missing", "connect-expired")) {
            browser.get(ROOT + "/connected?status=failed&problem=" + problem);
            pictures.shown(problem);
        }
        browser.get(ROOT + "/callback?state=unknown");
        pictures.shown("unknown-callback");
        browser.get(ROOT + "/connect/unknown");
        pictures.shown("unknown-link");
        String link = asDemo().body(Map.of("returnUrl", "http://localhost:1/back"))
                .post("/v1/users/{user}/connect-links", user)
                .path("url");
        browser.get(link);
        Database.update("update connect_link set expires_at = now() where user_id = ?", user);
        browser.navigate().refresh();
        pictures.shown("expired-link");
    }

    @Test
    void account() {
        browser.get(link(Map.of()));
        click("button");
        click("#allow");
        browser.get(asDemo().post("/v1/users/{user}/account-page-links", user)
                .then()
                .statusCode(201)
                .extract()
                .path("url"));
        pictures.shown("account-door");
        click("button");
        seen(".facts");
        pictures.shown("account");
        click("a.quiet");
        seen("button.danger");
        pictures.shown("account-sure");
        click("button.danger");
        seen(".seal");
        pictures.shown("account-disconnected");
    }

    @Test
    void confirm() {
        browser.get(Api.asCareful()
                .body(Map.of("displayName", "Jane Doe"))
                .post("/v1/users/{user}/connect-links", user)
                .then()
                .statusCode(201)
                .extract()
                .path("url"));
        pictures.shown("connect-in-yellow");
        assertEquals(
                "rgba(255, 212, 0, 1)",
                browser.findElement(By.tagName("button")).getCssValue("background-color"));
        click("button");
        click("#allow");
        seen("form[action$='/deny']");
        pictures.shown("confirm");
        click("button.quiet");
    }

    /** Nothing but Tab and Enter: to the buttons, which say where one is, and on to GoTo. */
    @Test
    void walksByKeyboard() {
        browser.get(link(Map.of()));
        for (String button : List.of("Continue to GoToMeeting", "Cancel")) {
            new Actions(browser).sendKeys(Keys.TAB).perform();
            WebElement focused = browser.switchTo().activeElement();
            assertEquals(button, focused.getText());
            assertEquals("solid", focused.getCssValue("outline-style"));
        }
        new Actions(browser)
                .keyDown(Keys.SHIFT)
                .sendKeys(Keys.TAB)
                .keyUp(Keys.SHIFT)
                .sendKeys(Keys.ENTER)
                .perform();
        seen("#allow");
        browser.findElement(By.id("allow")).sendKeys(Keys.ENTER);
        seen(".seal.good");
    }

    @ParameterizedTest
    @EnumSource
    void walksInEachLanguage(Language language) {
        screen.language(language.tag());
        Map<String, String> texts = Messages.of("walk", language);
        String link = link(Map.of());
        browser.get(link);
        assertEquals(
                texts.get("goOn"), browser.findElement(By.tagName("button")).getText());
        click("button");
        click("#deny");
        said(texts.get("title_$ACCESS_DENIED"), language);
        Sandbox.fault("token", "STATUS", Map.of("status", 503));
        click("button");
        click("#allow");
        said(texts.get("title_$GOTO_BUSY"), language);
        click("button");
        click("#allow");
        said(texts.get("connectedAs").replace("{account}", "jane.doe@example.com"), language);
        browser.get(link);
        said(texts.get("connectedAlreadyTitle").replace("{account}", "jane.doe@example.com"), language);
    }

    private static void said(String title, Language language) {
        patience().until(ExpectedConditions.textToBe(By.tagName("h1"), title));
        assertEquals(language.tag(), browser.findElement(By.tagName("html")).getAttribute("lang"));
    }

    private String link(Map<String, String> body) {
        return asDemo().body(body)
                .post("/v1/users/{user}/connect-links", user)
                .then()
                .statusCode(201)
                .extract()
                .path("url");
    }

    private static FluentWait<WebDriver> patience() {
        return new WebDriverWait(browser, Duration.ofSeconds(20)).ignoring(WebDriverException.class);
    }

    private static void seen(String selector) {
        patience().until(ExpectedConditions.visibilityOfElementLocated(By.cssSelector(selector)));
    }

    private static void click(String selector) {
        patience()
                .until(ExpectedConditions.elementToBeClickable(By.cssSelector(selector)))
                .click();
    }

    private static int freePort() {
        try {
            return Replica.freePort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
