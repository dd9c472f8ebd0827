package dev.meetgate;

import static dev.meetgate.Api.asDemo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.FluentWait;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The pages of {@code src/docs/connect-button.md}, of another origin than MeetGate, in headless Chromium. */
@QuarkusTest
@TestProfile(WalkInBrowserTest.ReachableByBrowsers.class)
class ConnectButtonTest {

    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    private static final String POLICY =
            "script-src 'unsafe-inline' 'unsafe-eval' 'self' %1$s; connect-src %1$s; style-src 'none'";
    private static final Dimension WIDE = new Dimension(1200, 1000);
    private static final Dimension PHONE = new Dimension(500, 900);

    private static final Map<String, String> PAGES = new HashMap<>();

    private static HttpServer application;
    private static ChromeDriver browser;

    private final String user = Api.freshUser();

    @BeforeAll
    static void start() throws IOException {
        application = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        application.createContext("/", ConnectButtonTest::answer);
        application.start();
        browser = Chromium.start();
    }

    private static void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        byte[] body = PAGES.containsKey(path)
                ? PAGES.get(path).getBytes(StandardCharsets.UTF_8)
                : path.startsWith("/back")
                        ? "<!DOCTYPE html><title>Back</title><script>document.write(location.search)</script>"
                                .getBytes(StandardCharsets.UTF_8)
                        : library(path);
        exchange.getResponseHeaders().set("Content-Type", path.endsWith(".js") ? "text/javascript" : "text/html");
        if (PAGES.containsKey(path)) {
            exchange.getResponseHeaders().set("Content-Security-Policy", POLICY.formatted(meetGate()));
        }
        exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** React and Vue, as npm has them. */
    private static byte[] library(String path) throws IOException {
        try (InputStream file = ConnectButtonTest.class.getResourceAsStream("/META-INF/resources/webjars" + path)) {
            return file == null ? new byte[0] : file.readAllBytes();
        }
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
        Sandbox.addRedirectUri(meetGate() + "/callback");
        browser.manage().window().setSize(WIDE);
    }

    @AfterEach
    void closePopups() {
        String first = browser.getWindowHandles().iterator().next();
        for (String window : browser.getWindowHandles()) {
            if (!window.equals(first)) {
                browser.switchTo().window(window).close();
            }
        }
        browser.switchTo().window(first);
    }

    @ParameterizedTest
    @CsvSource({"On a page", "With React", "With Vue"})
    void connectsInAPopup(String heading) throws IOException {
        open(heading, link(user));
        String page = browser.getWindowHandle();

        button(0).click();
        toPopup(page);
        allow();

        browser.switchTo().window(page);
        told("connected");
        patience().until(ExpectedConditions.numberOfWindowsToBe(1));
        assertEquals("connected", element(0).getAttribute("state"));
        assertEquals("Connected", status(0));
        asDemo().get("/v1/users/{user}/connection", user).then().statusCode(200);
    }

    @Test
    void tellsADenialAndTakesAnotherTry() throws IOException {
        open("On a page", link(user));
        String page = browser.getWindowHandle();
        button(0).click();
        String popup = toPopup(page);
        click("//button[contains(., 'Continue')]");
        click("//*[@id='deny']");
        shows("status=denied");
        browser.switchTo().window(page);
        told("denied");

        button(0).click();
        browser.switchTo().window(popup);
        allow();
        browser.switchTo().window(page);
        told("connected");
    }

    @Test
    void goesOnInThePageWherePopupsAreRefused() throws IOException {
        open("On a page", link(user));
        browser.executeScript("window.open = () => null");

        button(0).click();
        allow();

        shows("status=connected");
        assertTrue(browser.getCurrentUrl().startsWith(returnUrl()), browser.getCurrentUrl());
        assertEquals(1, browser.getWindowHandles().size());
    }

    @Test
    void goesOnInThePageOfAPhone() throws IOException {
        browser.manage().window().setSize(PHONE);
        open("On a page", link(user));
        assertEquals(true, browser.executeScript("return document.documentElement.scrollWidth <= innerWidth"));

        button(0).click();
        allow();

        shows("status=connected");
        assertEquals(1, browser.getWindowHandles().size());
    }

    @Test
    void takesAPopupThatIsClosedEarly() throws IOException {
        open("On a page", link(user));
        String page = browser.getWindowHandle();
        button(0).click();
        toPopup(page);
        click("//button[contains(., 'Continue')]");
        seen("//*[@id='allow']");
        browser.close();
        browser.switchTo().window(page);
        assertEquals("pending", element(0).getAttribute("state"));

        button(0).click();
        toPopup(page);
        allow();
        browser.switchTo().window(page);
        told("connected");
    }

    @Test
    void keepsTwoApart() throws IOException {
        String other = Api.freshUser();
        String first = link(user);
        String second = link(other);
        open(
                "On a page",
                first,
                html -> html.replace(
                        "</meetgate-connect>",
                        "</meetgate-connect><meetgate-connect link=\"" + second + "\"></meetgate-connect>"));
        String page = browser.getWindowHandle();
        button(0).click();
        String firstPopup = toPopup(page);
        browser.switchTo().window(page);
        button(1).click();
        String secondPopup = patience().until(driver -> driver.getWindowHandles().stream()
                .filter(window -> !Set.of(page, firstPopup).contains(window))
                .findFirst()
                .orElse(null));

        browser.switchTo().window(secondPopup);
        allow();
        browser.switchTo().window(page);
        patience().until(driver -> "connected".equals(element(1).getAttribute("state")));
        assertEquals("pending", element(0).getAttribute("state"));
        asDemo().get("/v1/users/{user}/connection", user).then().statusCode(404);

        browser.switchTo().window(firstPopup);
        allow();
        browser.switchTo().window(page);
        patience().until(driver -> "connected".equals(element(0).getAttribute("state")));
    }

    @Test
    void worksAfterTheBackButton() throws IOException {
        open("On a page", link(user));
        browser.executeScript("window.open = () => null");
        button(0).click();
        click("//button[contains(., 'Continue')]");
        seen("//*[@id='allow']");
        browser.navigate().back();
        seen("//button[contains(., 'Continue')]");
        browser.navigate().back();
        patience().until(ExpectedConditions.titleIs("Settings"));

        browser.executeScript("window.open = () => null");
        button(0).click();
        allow();
        shows("status=connected");
    }

    @Test
    void tellsThatTheApplicationHasToFinish() throws IOException {
        open("On a page", linkWith(user, Map.of("returnUrl", returnUrl(), "codeChallenge", CHALLENGE)));
        String page = browser.getWindowHandle();
        button(0).click();
        toPopup(page);
        allow();
        shows("status=pending");
        String code = browser.getCurrentUrl().replaceFirst(".*[&?]code=", "");
        browser.switchTo().window(page);
        told("pending");

        asDemo().body(Map.of("code", code, "codeVerifier", VERIFIER))
                .post("/v1/users/{user}/connection/finish", user)
                .then()
                .statusCode(200);
        told("connected");
    }

    @ParameterizedTest
    @CsvSource({
        "de, GoToMeeting verbinden",
        "fr-CA, Connecter GoToMeeting",
        "es, Conectar GoToMeeting",
        "ja, Connect GoToMeeting"
    })
    void speaksTheLanguageOfThePage(String language, String label) throws IOException {
        open("On a page", link(user), html -> html.replace("lang=\"en\"", "lang=\"" + language + "\""));
        assertEquals(
                label,
                browser.executeScript(
                        "return document.querySelector('meetgate-connect').shadowRoot.querySelector('slot').textContent"));
    }

    @Test
    void isAButtonForTheKeyboardWithAnyLabel() throws IOException {
        open("On a page", link(user), html -> html.replace("></meetgate", "><b>Connect me</b></meetgate"));
        String page = browser.getWindowHandle();
        assertEquals("Connect me", element(0).getText().strip());

        browser.switchTo().activeElement().sendKeys(Keys.TAB, Keys.ENTER);
        toPopup(page);
        seen("//button[contains(., 'Continue')]");
    }

    private static void open(String heading, String link) throws IOException {
        open(heading, link, html -> html);
    }

    private static void open(String heading, String link, java.util.function.UnaryOperator<String> change)
            throws IOException {
        String docs = Files.readString(Path.of("src/docs/connect-button.md"));
        var example =
                Pattern.compile("(?s)## " + heading + "\n.*?```html\n(.*?)```").matcher(docs);
        assertTrue(example.find(), heading);
        String html = example.group(1)
                .replace("https://meetgate.example.com/connect/…", link)
                .replace("https://meetgate.example.com", meetGate());
        PAGES.put("/page", change.apply(html));
        browser.get("http://localhost:" + application.getAddress().getPort() + "/page");
        patience()
                .until(driver ->
                        browser.executeScript("return document.querySelector('meetgate-connect').shadowRoot !== null"));
    }

    private static String link(String user) {
        return linkWith(user, Map.of("returnUrl", returnUrl()));
    }

    private static String linkWith(String user, Map<String, String> body) {
        return asDemo().body(body).post("/v1/users/{user}/connect-links", user).path("url");
    }

    private static String meetGate() {
        return WalkInBrowserTest.publicUrl();
    }

    private static String returnUrl() {
        return "http://localhost:" + application.getAddress().getPort() + "/back";
    }

    private static WebElement element(int number) {
        return browser.findElements(By.cssSelector("meetgate-connect")).get(number);
    }

    private static WebElement button(int number) {
        return element(number).getShadowRoot().findElement(By.cssSelector("button"));
    }

    private static String status(int number) {
        return element(number)
                .getShadowRoot()
                .findElement(By.cssSelector("[role=status]"))
                .getText();
    }

    private static String toPopup(String page) {
        String popup = patience().until(driver -> {
            List<String> others = driver.getWindowHandles().stream()
                    .filter(window -> !window.equals(page))
                    .toList();
            return others.size() == 1 ? others.get(0) : null;
        });
        browser.switchTo().window(popup);
        return popup;
    }

    private static void allow() {
        click("//button[contains(., 'Continue')]");
        click("//*[@id='allow']");
    }

    private static void click(String path) {
        patience()
                .until(ExpectedConditions.elementToBeClickable(By.xpath(path)))
                .click();
    }

    private static void seen(String path) {
        patience().until(ExpectedConditions.visibilityOfElementLocated(By.xpath(path)));
    }

    private static void told(String outcome) {
        patience().until(ExpectedConditions.textToBePresentInElementLocated(By.id("outcome"), outcome));
    }

    private static void shows(String text) {
        patience().until(ExpectedConditions.textToBePresentInElementLocated(By.tagName("body"), text));
    }

    /** Ignores elements that disappear while the browser loads the next page. */
    private static FluentWait<WebDriver> patience() {
        return new WebDriverWait(browser, Duration.ofSeconds(20)).ignoring(WebDriverException.class);
    }
}
