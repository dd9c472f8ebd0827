package dev.meetgate;

import static dev.meetgate.Api.asDemo;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.meetgate.packaged.Replica;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.FluentWait;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Impatient, undecided and slow people in headless Chromium. {@code target/screenshots} shows what they see. */
@QuarkusTest
@TestProfile(WalkInBrowserTest.ReachableByBrowsers.class)
class WalkInBrowserTest {

    private static final int PORT = freePort();
    private static final Path SCREENSHOTS = Path.of("target/screenshots");

    /** Sets the public URL to the port on which the service listens. */
    public static class ReachableByBrowsers implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.http.test-port", String.valueOf(PORT), "meetgate.public-url", "http://localhost:" + PORT);
        }
    }

    /** The tenant's application, of another origin than MeetGate. It shows how the walk ended. */
    private static HttpServer application;

    private static ChromeDriver browser;

    private final String user = Api.freshUser();
    private String link;

    @BeforeAll
    static void start() throws IOException {
        Files.createDirectories(SCREENSHOTS);
        byte[] page = "<!DOCTYPE html><title>Application</title><script>document.write(location.search)</script>"
                .getBytes(StandardCharsets.UTF_8);
        application = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        application.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        application.start();
        browser = Chromium.start();
    }

    @AfterAll
    static void stop() {
        browser.quit();
        application.stop(0);
    }

    @BeforeEach
    void begin() {
        Sandbox.reset();
        Sandbox.set("consent", "ASK");
        Sandbox.addRedirectUri("http://localhost:" + PORT + "/callback");
        link = linkWith(Map.of("returnUrl", returnUrl(), "displayName", "Alice", "state", "tab-7"));
    }

    @Test
    void takesADoubleClick() {
        browser.get(link);
        new Actions(browser).doubleClick(button()).perform();

        click("#allow");
        endsWith("status=connected");
    }

    @Test
    void goesBackFromGoToAndOnAgain() {
        browser.get(link);
        button().click();
        seen("#allow");
        browser.navigate().refresh();
        seen("#allow");
        browser.navigate().back();

        button().click();
        click("#allow");
        endsWith("status=connected");

        browser.navigate().back();
        browser.navigate().back();
        waitFor("You are already connected as jane.doe@example.com");
        show("back-after-the-end");
        click("a.way");
        endsWith("status=connected");
    }

    /** The person sees the consent page for long, loads it again, and agrees once more. */
    @Test
    void reloadsWhileGoToTakesItsTime() {
        browser.get(link);
        button().click();
        seen("#allow");
        String consent = browser.getCurrentUrl();
        Sandbox.fault("token", "SLOW", Map.of("delayMillis", 2000));
        browser.executeScript("setTimeout(() => document.getElementById('allow').click())");
        Await.until(() -> Sandbox.tokenRequests("authorization_code") == 1);

        browser.get(consent);
        click("#allow");
        endsWith("status=connected");
        assertEquals(1, Sandbox.tokenRequests("authorization_code"));
    }

    @Test
    void deniesAndThinksAgain() {
        browser.get(link);
        button().click();
        click("#deny");
        endsWith("status=denied");

        browser.get(link);
        waitFor("You did not allow access");
        show("after-a-denial");
        button().click();
        click("#allow");
        endsWith("status=connected");
    }

    @Test
    void cancels() {
        browser.get(link);
        show("connect");
        click("button.quiet");
        endsWith("status=denied");
    }

    @Test
    void comesBackTooLate() {
        browser.get(link);
        button().click();
        seen("#allow");
        Database.update("update authorization_request set expires_at = now() where user_id = ?", user);
        click("#allow");
        endsWith("problem=connect-expired");

        browser.get(link);
        button().click();
        click("#allow");
        endsWith("status=connected");
    }

    @Test
    void comesBackTooLateWithoutAReturnUrl() {
        browser.get(linkWith(Map.of()));
        button().click();
        click("#deny");
        waitFor("You did not allow access");
        show("denied");
        click("button");
        seen("#allow");
        Database.update("update authorization_request set expires_at = now() where user_id = ?", user);
        click("#allow");
        waitFor("longer than ten minutes");
        show("too-late");

        click("button");
        click("#allow");
        waitFor("Connected as jane.doe@example.com");
        show("connected");
    }

    @Test
    void meetsALinkOfAnotherBrowserAndOneThatHasExpired() {
        browser.get(link);
        button().click();
        seen("#allow");
        browser.get(link);
        browser.manage().deleteAllCookies();
        browser.navigate().refresh();
        waitFor("in use in another browser");
        show("another-browser");

        Database.update("update connect_link set expires_at = now() where user_id = ?", user);
        browser.navigate().refresh();
        waitFor("This link has expired");
        show("expired-link");
        click("a.way");
        patience().until(ExpectedConditions.urlToBe(returnUrl()));
    }

    @Test
    void isToldThatAnAccountIsConnectedAlready() {
        browser.get(link);
        button().click();
        click("#allow");
        endsWith("status=connected");

        browser.get(linkWith(Map.of("returnUrl", returnUrl())));
        waitFor("You are already connected as jane.doe@example.com");
        show("connected-already");
    }

    /** The application knows the outcome, though it never hears of the popup's pages. */
    @Test
    void connectsInAPopup() {
        browser.get(returnUrl());
        browser.executeScript("window.popup = window.open(arguments[0], 'meetgate', 'popup')", link);
        String opener = browser.getWindowHandle();
        patience().until(ExpectedConditions.numberOfWindowsToBe(2));
        String popup = other(browser.getWindowHandles(), opener);
        assertEquals("open", status(opener));
        assertEquals(false, browser.executeScript("return window.popup.closed"));

        browser.switchTo().window(popup);
        button().click();
        seen("#allow");
        assertEquals("pending", status(opener));
        assertEquals(false, browser.executeScript("return window.popup.closed"));

        browser.switchTo().window(popup);
        click("#allow");
        endsWith("status=connected");
        assertEquals("connected", status(opener));
        assertEquals(false, browser.executeScript("return window.popup.closed"));
        browser.executeScript("window.popup.close()");
        patience().until(ExpectedConditions.numberOfWindowsToBe(1));
    }

    private String status(String opener) {
        browser.switchTo().window(opener);
        return (String) browser.executeAsyncScript(
                "const done = arguments[1]; fetch(arguments[0] + '/status').then(answer => answer.json())"
                        + ".then(({status}) => done(status), failure => done(String(failure)))",
                link);
    }

    private static String other(Set<String> windows, String window) {
        return windows.stream()
                .filter(other -> !other.equals(window))
                .findFirst()
                .orElseThrow();
    }

    private String linkWith(Map<String, String> body) {
        return asDemo().body(body)
                .post("/v1/users/{user}/connect-links", user)
                .then()
                .statusCode(201)
                .extract()
                .path("url");
    }

    private static String returnUrl() {
        return "http://localhost:" + application.getAddress().getPort() + "/back";
    }

    private void endsWith(String outcome) {
        waitFor(outcome);
        assertTrue(browser.getCurrentUrl().startsWith(returnUrl()), browser.getCurrentUrl());
        assertTrue(browser.getCurrentUrl().endsWith("&state=tab-7"), browser.getCurrentUrl());
        if (outcome.equals("status=connected")) {
            asDemo().get("/v1/users/{user}/connection", user).then().body("status", equalTo("CONNECTED"));
        }
    }

    private static WebElement button() {
        return patience().until(ExpectedConditions.elementToBeClickable(By.xpath("//button[contains(., 'Continue')]")));
    }

    private static void click(String selector) {
        patience()
                .until(ExpectedConditions.elementToBeClickable(By.cssSelector(selector)))
                .click();
    }

    private static void seen(String selector) {
        patience().until(ExpectedConditions.visibilityOfElementLocated(By.cssSelector(selector)));
    }

    private static void waitFor(String text) {
        patience().until(ExpectedConditions.textToBePresentInElementLocated(By.tagName("body"), text));
    }

    private static void show(String name) {
        try {
            Files.write(SCREENSHOTS.resolve(name + ".png"), browser.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ignores elements that disappear while the browser loads the next page. */
    private static FluentWait<WebDriver> patience() {
        return new WebDriverWait(browser, Duration.ofSeconds(20)).ignoring(WebDriverException.class);
    }

    static String publicUrl() {
        return "http://localhost:" + PORT;
    }

    private static int freePort() {
        try {
            return Replica.freePort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
