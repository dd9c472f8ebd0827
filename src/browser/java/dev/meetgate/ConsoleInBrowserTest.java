package dev.meetgate;

import static dev.meetgate.PagesInBrowserTest.ROOT;

import dev.meetgate.local.SeededLife;
import dev.meetgate.pages.Language;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openqa.selenium.By;
import org.openqa.selenium.chrome.ChromeDriver;

/**
 * Each page of the console in each language, theme and width. The pictures are in
 * {@code target/screenshots}.
 */
@QuarkusTest
@TestProfile(PagesInBrowserTest.ReachableByBrowsers.class)
class ConsoleInBrowserTest {

    private static ChromeDriver browser;
    private static Screen screen;
    private static Pictures pictures;

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

    /** The people of dev mode, and a receiver that fails once. */
    @BeforeEach
    void live() throws Exception {
        Sandbox.reset();
        Sandbox.set("consent", "ASK");
        Sandbox.addRedirectUri(ROOT + "/callback");
        for (String table : new String[] {"connection", "event", "audit_entry", "failed_call", "connect_link"}) {
            Database.update("delete from " + table);
        }
        Sandbox.fault("webhook", "STATUS", Map.of("status", 500));
        new SeededLife(ROOT, Sandbox.url()).plant();
        Await.until(() -> Database.count("failed_call where user_id = 'emil'") == 1);
        Await.until(() -> Database.count("delivery where delivered_at is null") == 0);
    }

    @ParameterizedTest
    @EnumSource
    void showsEachPage(Language language) {
        screen.language(language.tag());
        shown("fleet", "", language);
        shown("users", "/users", language);
        shown("nobody", "/users?user=nobody", language);
        shown("webhooks", "/webhooks", language);
        shown("story-works", "/users/demo/ben", language);
        shown("story", "/users/demo/emil", language);
        if (language == Language.EN) {
            pictures.kept("console-story", "light", 1280);
        }
        browser.findElement(By.tagName("summary")).click();
        pictures.shown("console-disconnect-" + language.tag());
        shown("never-connected", "/users/demo/nobody", language);
        shown("signed-out", "/callback?state=unknown", language);
    }

    private static void shown(String name, String page, Language language) {
        browser.get(ROOT + "/console" + page);
        pictures.shown("console-%s-%s".formatted(name, language.tag()));
    }
}
