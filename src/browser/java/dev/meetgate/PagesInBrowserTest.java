package dev.meetgate;

import static dev.meetgate.Api.asDemo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meetgate.packaged.Replica;
import dev.meetgate.pages.Language;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    private static final String ROOT = "http://localhost:" + PORT;
    private static final Path SCREENSHOTS = Path.of("target/screenshots");
    private static final Path PICTURES = Path.of("src/docs/images");
    private static final Path HASHES = PICTURES.resolve("pictures.txt");
    private static final Path STYLE_SHEET = Path.of("src/main/resources/META-INF/resources/meetgate.css");
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
                    "Acme",
                    "meetgate.tenants.demo.logo-file",
                    "src/browser/acme.svg",
                    "meetgate.tenants.careful.display-name",
                    "Bureau");
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
        kept("connect", "light");
        browser.get(link(Map.of()));
        shown("connect-without-a-name");
        screen.language("de");
        browser.get(link(Map.of("displayName", "Jane Doe")));
        shown("connect-de");
        kept("connect-de-dark", "dark");
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
        kept("connected", "light");
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
        kept("failure", "light");
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
        shown("account-door");
        click("button");
        seen(".facts");
        shown("account");
        click("a.quiet");
        seen("button.danger");
        shown("account-sure");
        click("button.danger");
        seen(".seal");
        shown("account-disconnected");
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
        click("button");
        click("#allow");
        seen("form[action$='/deny']");
        shown("confirm");
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
    void walksInEachLanguage(Language language) throws IOException {
        screen.language(language.tag());
        Map<String, String> texts = texts(language);
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

    private static Map<String, String> texts(Language language) throws IOException {
        try (Stream<String> lines =
                Files.lines(Path.of("src/main/resources/messages/walk_%s.properties".formatted(language.tag())))) {
            return lines.filter(line -> line.contains("="))
                    .collect(Collectors.toMap(
                            line -> line.substring(0, line.indexOf('=')),
                            line -> line.substring(line.indexOf('=') + 1)));
        }
    }

    /** The picture of the docs shows this page, in this design. Other fonts are no difference. */
    private static void kept(String name, String theme) {
        String page = Objects.requireNonNull(browser.getPageSource()).replaceAll("\\s+", " ");
        for (String changing : List.of(
                "/(connect|account)/[A-Za-z0-9_-]{43}",
                "\\?v=[0-9a-f]+",
                "<time.*?</time>",
                "user-[0-9a-f-]{36}",
                "<code>.*?</code>")) {
            page = page.replaceAll(changing, "");
        }
        String line = name + " " + sha256(page + read(STYLE_SHEET));
        if (System.getProperty("pictures", "").equals("renew")) {
            screen.theme(theme);
            screen.width(390);
            write(PICTURES.resolve(name + ".png"), screen.picture());
            Stream<String> others = read(HASHES).lines().filter(other -> !other.startsWith(name + " "));
            String lines = Stream.concat(others, Stream.of(line)).sorted().collect(Collectors.joining("\n")) + "\n";
            write(HASHES, lines.getBytes(StandardCharsets.UTF_8));
        }
        assertTrue(
                read(HASHES).lines().anyMatch(line::equals),
                () -> name + ".png shows another page than today's. Renew the pictures: see src/docs/pages.md");
    }

    private static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
