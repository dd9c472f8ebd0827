package dev.meetgate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.openqa.selenium.chrome.ChromeDriver;

/** How a browser shows a page: theme, width and language. */
record Screen(ChromeDriver browser) {

    private static final String AXE = axe();

    private static String axe() {
        try (InputStream script = Objects.requireNonNull(Screen.class.getResourceAsStream("/axe.min.js"))) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void language(String acceptLanguage) {
        Object agent = browser.executeScript("return navigator.userAgent");
        browser.executeCdpCommand(
                "Emulation.setUserAgentOverride", Map.of("userAgent", agent, "acceptLanguage", acceptLanguage));
    }

    void theme(String theme) {
        browser.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(
                                Map.of("name", "prefers-color-scheme", "value", theme),
                                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
    }

    void width(int width) {
        browser.executeCdpCommand("Emulation.setScrollbarsHidden", Map.of("hidden", true));
        browser.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 800, "deviceScaleFactor", 1, "mobile", false));
    }

    /** The whole page, also what does not fit on the screen. */
    byte[] picture() {
        Map<String, Object> picture = browser.executeCdpCommand(
                "Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true));
        return Base64.getDecoder().decode((String) picture.get("data"));
    }

    /** What axe-core finds, with the rules of WCAG 2.2 AA and its best practices. */
    @SuppressWarnings("unchecked")
    List<Map<String, Object>> violations() {
        browser.executeScript(AXE);
        return (List<Map<String, Object>>)
                Objects.requireNonNull(browser.executeAsyncScript("const done = arguments[0];"
                        + "axe.run().then(({violations}) => done(violations.map(({id, nodes}) =>"
                        + " ({id, nodes: nodes.map(({html, failureSummary}) => html + failureSummary).join()}))),"
                        + " failure => done([{id: String(failure)}]))"));
    }

    /** How far the page can be scrolled sideways, in pixels. */
    long overflow() {
        return (Long) Objects.requireNonNull(browser.executeScript(
                "return document.documentElement.scrollWidth - document.documentElement.clientWidth"));
    }
}
