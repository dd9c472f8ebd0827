package dev.meetgate.connect;

import static dev.meetgate.Api.asDemo;
import static dev.meetgate.Api.connectLink;
import static dev.meetgate.Api.freshUser;
import static dev.meetgate.Api.local;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meetgate.Api;
import dev.meetgate.Browser;
import dev.meetgate.Sandbox;
import dev.meetgate.pages.Language;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Everybody reads the pages in their own language, and nothing in another. */
@QuarkusTest
class PageLanguagesTest {

    private static final String OUTCOME = "http://localhost:8080/connected";

    private final String user = freshUser();
    private final Browser browser = new Browser();

    @BeforeEach
    void reset() {
        Sandbox.reset();
    }

    @ParameterizedTest
    @CsvSource({
        "'de-CH, en;q=0.5', de, Weiter zu GoToMeeting",
        "'fr', fr, Continuer vers GoToMeeting",
        "'xx, es;q=0.1', es, Continuar en GoToMeeting",
        "'nl', en, Continue to GoToMeeting",
        "';;q=', en, Continue to GoToMeeting",
    })
    void speaksTheLanguageOfItsReader(String acceptLanguage, String language, String button) {
        var page = browser.open(local(connectLink(user)), "Accept-Language", acceptLanguage);

        assertEquals(200, page.status());
        assertEquals("text/html;charset=utf-8", page.header("Content-Type"));
        assertEquals(language, page.header("Content-Language"));
        assertEquals("Accept-Language", page.header("Vary"));
        assertTrue(page.body().contains("<html lang=\"" + language + "\">"), page.body());
        assertTrue(page.body().contains("<button>" + button + "</button>"), page.body());
    }

    /** Names and addresses are the same in each language, as are sentences of one word. */
    @ParameterizedTest
    @EnumSource
    void mixesNoLanguages(Language language) throws IOException {
        List<String> pages = pages(language);
        for (Language other : Language.values()) {
            if (other != language) {
                for (String sentence : sentences(other)) {
                    pages.forEach(page -> assertFalse(page.contains(sentence), () -> sentence + " in " + page));
                }
            }
        }
        pages.forEach(page -> assertTrue(page.contains("lang=\"" + language.tag() + "\""), page));
    }

    @ParameterizedTest
    @EnumSource
    void hasWordsForEachOutcome(Language language) throws IOException {
        Map<String, String> texts = texts(language);
        for (Outcome outcome : Outcome.values()) {
            String problem = outcome.problem() == null ? "" : "&problem=" + outcome.problem();
            String page = open(OUTCOME + "?status=" + outcome.status() + problem, language);
            for (String key : List.of("title", "text")) {
                String text = texts.get("%s_$%s".formatted(key, outcome.notice()));
                assertTrue(page.contains(escaped(text)), () -> outcome + " without " + text + ": " + page);
            }
            assertEquals(outcome.notice().hasCode(), page.contains(escaped(texts.get("codeForSupport"))), page);
        }
    }

    private List<String> pages(Language language) {
        var pages = new ArrayList<String>();
        String named = asDemo().body(Map.of("displayName", "Alice"))
                .post("/v1/users/{user}/connect-links", user)
                .path("url");
        pages.add(open(named, language));
        String link = connectLink(user);
        pages.add(open(link, language));
        Sandbox.set("consent", "DENY");
        Api.walk(browser, link);
        pages.add(open(link, language));
        pages.add(new Browser()
                .open(local(link), "Accept-Language", language.tag())
                .body());
        Sandbox.set("consent", "ALLOW");
        Api.walk(browser, link);
        pages.add(open(link, language));
        pages.add(open(connectLink(user), language));
        Sandbox.revokeGrants();
        Api.meetings(user);
        pages.add(open(connectLink(user), language));
        pages.add(open(link, language));
        pages.add(open("http://localhost:8080/connect/unknown", language));
        pages.add(open("http://localhost:8080/callback?state=unknown", language));
        for (Outcome outcome : Outcome.values()) {
            String problem = outcome.problem() == null ? "" : "&problem=" + outcome.problem();
            pages.add(open(OUTCOME + "?status=" + outcome.status() + problem, language));
        }
        return pages;
    }

    private String open(String url, Language language) {
        return browser.open(local(url), "Accept-Language", language.tag() + "-XX")
                .body();
    }

    private static List<String> sentences(Language language) throws IOException {
        return texts(language).values().stream()
                .flatMap(text -> Stream.of(text.split("\\{\\w+}|(?<=[.:]) ")))
                .map(String::strip)
                .filter(text ->
                        text.chars().filter(character -> character == ' ').count() >= 2)
                .map(PageLanguagesTest::escaped)
                .toList();
    }

    private static Map<String, String> texts(Language language) throws IOException {
        var texts = new java.util.LinkedHashMap<String, String>();
        Path file = Path.of("src/main/resources/messages/walk_%s.properties"
                .formatted(language.name().toLowerCase(Locale.ROOT)));
        for (String line : Files.readAllLines(file)) {
            if (line.contains("=")) {
                texts.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
            }
        }
        return texts;
    }

    /** As Qute escapes it. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("'", "&#39;").replace("\"", "&quot;");
    }
}
