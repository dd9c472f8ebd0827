package dev.meetgate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meetgate.local.LocalSurroundings;
import dev.meetgate.local.SeededLife;
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
                    "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwAAECAwQFBgc=",
                    "meetgate.console.open",
                    "true");
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
        click("main button");
        click("#allow");
        waitFor("Connected");
        assertEquals(List.of(), violations());
    }

    @Test
    void showsEventsAsTheyArrive() {
        String user = Api.freshUser();
        waitFor("Make the receiver fail");
        click("#fail");
        waitFor("Mend the receiver");
        connectAs(user, "allow");
        seen("#connection-status[data-status=CONNECTED]");
        assertFalse(seen("main").getText().contains("connection.connected " + user));

        click("#fail");
        waitFor("Make the receiver fail");
        waitFor("connection.connected " + user);
        assertEquals(List.of(), violations());
    }

    @Test
    void reportsThatConsentWasDenied() {
        connectAs(Api.freshUser(), "deny");

        seen("#connection-status[data-status=NONE]");
        waitFor("Access was denied at GoTo");
        waitFor("Told: connect_link.denied");
        assertEquals(PAGE, browser.getCurrentUrl());
        assertEquals(List.of(), violations());
    }

    @Test
    void endsAWalkThatTakesTooLong() {
        choose("late");
        String user = Api.freshUser();
        type("#user", user);
        click("#connect");
        waitFor("Connect GoToMeeting to");
        click("main button");
        seen("#allow");
        patience().until(page -> isOver(user));
        click("#allow");

        waitFor("Connecting failed (connect-expired)");
    }

    @Test
    void finishesAsTheServiceAlone() {
        String user = Api.freshUser();
        choose("pending");
        connectAs(user, "allow");
        waitFor("Pending: nobody is connected yet");
        seen("#connection-status[data-status=NONE]");

        click("#finish");
        waitFor(user + " is connected as jane.doe@example.com");
        waitFor("/connection/finish' \\");
    }

    @Test
    void asksTwiceForTheCarefulTenant() {
        String user = Api.freshUser();
        choose("confirm");
        connectAs(user, "allow");
        waitFor("Connect this account?");
        click("main button");

        waitFor(user + " has confirmed jane.doe@example.com");
    }

    @Test
    void outlivesAnOutageOfGoTo() {
        connectAs(Api.freshUser(), "allow");
        waitFor("Begin an outage of GoTo");
        click("#outage");
        waitFor("GoTo is unavailable. GoTo answered 503.");
        click("#outage");
        waitFor("GoTo works again.");
        seen("#connection-status[data-status=CONNECTED]");
    }

    @Test
    void leadsToAPersonOfTheSeededLifeAndToTheStory() throws Exception {
        new SeededLife("http://localhost:" + PORT, Sandbox.url()).plant();
        browser.get(PAGE);

        waitFor("emil\nrevoked");
        patience()
                .until(ExpectedConditions.elementToBeClickable(By.xpath("//*[@id='people']//button[.='emil']")))
                .click();
        waitFor("The story of emil");
        waitFor("Told: connection.reconnect_required");
        click("#console-story");
        waitFor("emil");
        assertTrue(browser.getCurrentUrl().endsWith("/console/users/demo/emil"), browser.getCurrentUrl());
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

    private static boolean isOver(String user) {
        return Database.update(
                        "update authorization_request set state = state where user_id = ? and expires_at < now()", user)
                == 1;
    }

    @Test
    void isForEverybodyInBothThemesAndOnAPhone() {
        connectAs(Api.freshUser(), "allow");
        waitFor("Told: connection.connected");
        var screen = new Screen(browser);
        for (String theme : List.of("light", "dark")) {
            for (int width : new int[] {320, 390, 1280}) {
                screen.theme(theme);
                screen.width(width);
                assertEquals(List.of(), screen.violations(), theme + " " + width);
                assertEquals(0, screen.overflow(), theme + " " + width);
            }
        }
    }

    private void choose(String way) {
        waitFor("They agree");
        browser.executeScript(
                "const way = document.getElementById('way'); way.value = arguments[0];"
                        + " way.dispatchEvent(new Event('change'))",
                way);
    }

    private void connectAs(String user, String decision) {
        type("#user", user);
        click("#connect");
        waitFor("Connect GoToMeeting to");
        click("main button");
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
