package dev.meetgate.connect;

import static dev.meetgate.Api.asDemo;
import static dev.meetgate.Api.connectLink;
import static dev.meetgate.Api.freshUser;
import static dev.meetgate.Api.local;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meetgate.Api;
import dev.meetgate.Browser;
import dev.meetgate.Sandbox;
import dev.meetgate.pages.Language;
import dev.meetgate.pages.Messages;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
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
        "'de,-', en, Continue to GoToMeeting",
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
    @Tag("thorough")
    void mixesNoLanguages(Language language) {
        List<String> pages = pages(language);
        Messages.assertNoOther("walk", language, pages);
        pages.forEach(page -> assertTrue(page.contains("lang=\"" + language.tag() + "\""), page));
    }

    @ParameterizedTest
    @EnumSource
    void hasWordsForEachOutcome(Language language) {
        Map<String, String> texts = Messages.of("walk", language);
        for (Outcome outcome : Outcome.values()) {
            String problem = outcome.problem() == null ? "" : "&problem=" + outcome.problem();
            String page = open(OUTCOME + "?status=" + outcome.status() + problem, language);
            for (String key : List.of("title", "text")) {
                String text = texts.get("%s_$%s".formatted(key, outcome.notice()));
                assertTrue(page.contains(Messages.escaped(text)), () -> outcome + " without " + text + ": " + page);
            }
            assertEquals(
                    outcome.notice().hasCode(), page.contains(Messages.escaped(texts.get("codeForSupport"))), page);
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
}
