package dev.meetgate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meetgate.local.LocalSurroundings;
import dev.meetgate.packaged.Replica;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.FluentWait;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Uses the page of dev mode and goes through the consent in headless Chromium. */
@QuarkusTest
@TestProfile(DemoPageTest.ReachableByBrowsers.class)
class DemoPageTest {

    private static final int PORT = freePort();
    private static final String PAGE = "http://localhost:" + PORT + "/";

    /** Sets the public URL to the port on which the service listens. */
    public static class ReachableByBrowsers implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.http.test-port",
                    String.valueOf(PORT),
                    "meetgate.public-url",
                    "http://localhost:" + PORT,
                    "meetgate.tenants.demo.return-urls",
                    PAGE,
                    "meetgate.webhook-private-targets",
                    "true",
                    "meetgate.tenants.demo.webhook-url",
                    LocalSurroundings.settings().get("goto.api-url") + "/webhook",
                    "meetgate.tenants.demo.webhook-secret",
                    "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwAAECAwQFBgc=");
        }
    }

    private static ChromeDriver browser;

    @BeforeAll
    static void openBrowser() {
        browser = Chromium.start();
    }

    @AfterAll
    static void closeBrowser() {
        browser.quit();
    }

    @BeforeEach
    void begin() {
        Sandbox.reset();
        Sandbox.set("consent", "ASK");
        Sandbox.addRedirectUri(PAGE + "callback");
        browser.get(PAGE);
        browser.executeScript("sessionStorage.clear()");
        browser.get(PAGE);
    }

    @Test
    void connectsCreatesAMeetingRefreshesAndReconnects() {
        connectAs(Api.freshUser(), "allow");
        seen("#connection-status[data-status=CONNECTED]");

        type("#subject", "Planning <Q1> & more");
        click("#create");
        assertTrue(seen("#meetings li").getText().contains("Planning <Q1> & more"));

        click("#expire");
        waitFor("generation 1 \u2192 2");

        click("#revoke");
        click("#reconnect");
        click("button");
        click("#allow");
        waitFor("Connected");
        assertEquals(List.of(), violations());
    }

    @Test
    void showsEventsAsTheyArrive() {
        String user = Api.freshUser();
        waitFor("Works");
        click("#fail");
        waitFor("Fails");
        connectAs(user, "allow");
        seen("#connection-status[data-status=CONNECTED]");
        assertEquals(List.of(), browser.findElements(By.cssSelector("#events li")));

        click("#fail");
        waitFor("Works");
        assertTrue(seen("#events li").getText().contains(user));
        assertEquals(List.of(), violations());
    }

    @Test
    void reportsThatConsentWasDenied() {
        connectAs(Api.freshUser(), "deny");

        seen("#connection-status[data-status=NONE]");
        assertTrue(
                seen("#outcome").getText().contains("denied"), seen("#outcome").getText());
        assertEquals(PAGE, browser.getCurrentUrl());
        assertEquals(List.of(), violations());
    }

    @Test
    void callsTheApiFromSwaggerUi() {
        String user = Api.freshUser();
        click("a[href='/swagger-ui/']");

        click("#operations-Connecting-createConnectLink .opblock-summary");
        type("#operations-Connecting-createConnectLink [placeholder=user]", user);
        type("#operations-Connecting-createConnectLink textarea", "{}");
        click("#operations-Connecting-createConnectLink .execute");
        waitFor("/connect/");
        assertEquals(List.of(), violations());
    }

    private void connectAs(String user, String decision) {
        type("#user", user);
        click("#connect");
        waitFor("Connect GoToMeeting to");
        click("button");
        click("#" + decision);
    }

    private void click(String selector) {
        patience()
                .until(ExpectedConditions.elementToBeClickable(By.cssSelector(selector)))
                .click();
    }

    private void type(String selector, String text) {
        WebElement field = patience().until(ExpectedConditions.elementToBeClickable(By.cssSelector(selector)));
        field.clear();
        field.sendKeys(text);
    }

    private WebElement seen(String selector) {
        return patience().until(ExpectedConditions.visibilityOfElementLocated(By.cssSelector(selector)));
    }

    private void waitFor(String text) {
        patience().until(ExpectedConditions.textToBePresentInElementLocated(By.tagName("body"), text));
    }

    /** Ignores elements that disappear while the browser loads the next page. */
    private FluentWait<WebDriver> patience() {
        return new WebDriverWait(browser, Duration.ofSeconds(20)).ignoring(WebDriverException.class);
    }

    /** Violations of MeetGate's own Content-Security-Policy in the browser's console. */
    private static List<String> violations() {
        return browser.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(LogEntry::getMessage)
                .filter(message -> message.contains("Content Security Policy"))
                .toList();
    }

    private static int freePort() {
        try {
            return Replica.freePort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
