package dev.meetgate.console;

import static dev.meetgate.Api.connectLink;
import static dev.meetgate.Api.connectedUser;
import static dev.meetgate.Api.createdMeeting;
import static dev.meetgate.Api.freshUser;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meetgate.Api;
import dev.meetgate.Await;
import dev.meetgate.Database;
import dev.meetgate.Sandbox;
import dev.meetgate.pages.Language;
import dev.meetgate.pages.Messages;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Operators read the console in their own language, and programs read it in English. */
@Tag("thorough")
@QuarkusTest
@TestProfile(ConsoleTest.Open.class)
class ConsoleLanguagesTest {

    private String works = "";
    private String fails = "";

    @BeforeEach
    void plant() {
        Sandbox.reset();
        works = connectedUser();
        fails = connectedUser();
        createdMeeting(works);
        Sandbox.revokeGrants();
        Api.meetings(fails);
        Await.until(() -> Database.count("failed_call where user_id = '" + fails + "'") == 1);
    }

    @ParameterizedTest
    @EnumSource
    void mixesNoLanguages(Language language) {
        List<String> pages = pages(language);
        Messages.assertNoOther("console", language, pages);
        pages.forEach(page -> assertTrue(page.contains("<html lang=\"" + language.tag() + "\""), page));
    }

    private List<String> pages(Language language) {
        var pages = new ArrayList<String>();
        String neverFinished = freshUser();
        connectLink(neverFinished);
        for (String user : List.of(works, fails, neverFinished, freshUser())) {
            pages.add(page("/console/users/demo/" + user, language, 200));
        }
        for (String done : List.of("check", "disconnect", "redeliver")) {
            pages.add(page("/console/users/demo/" + works + "?done=" + done, language, 200));
            pages.add(page("/console/users/demo/" + works + "?code=unavailable&done=" + done, language, 200));
        }
        for (String path : List.of("", "/users", "/users?user=nobody", "/webhooks")) {
            pages.add(page("/console" + path, language, 200));
        }
        pages.add(page("/console/callback?state=unknown", language, 400));
        return pages;
    }

    @ParameterizedTest
    @EnumSource
    void hasWordsForEachCause(Language language) {
        Map<String, String> texts = Messages.of("console", language);
        String page = page("/console/users/demo/" + fails, language, 200);
        for (String key : List.of("happened", "nextStep")) {
            String text = Messages.escaped(texts.get(key + "_$REVOKED"));
            assertTrue(page.contains(text), () -> text + " not in " + page);
        }
        for (Cause cause : Cause.values()) {
            ConsoleTexts words = Translations.of(language.tag());
            assertEquals(texts.get("happened_$" + cause), words.happened(cause));
            assertEquals(texts.get("nextStep_$" + cause), words.nextStep(cause));
        }
    }

    @ParameterizedTest
    @EnumSource
    void hasWordsForTheProblemsOfPeople(Language language) {
        Map<String, String> texts = Messages.of("console", language);
        for (PageProblem problem : PageProblem.values()) {
            assertEquals(
                    texts.get("problemOf_$" + problem),
                    Translations.of(language.tag()).problemOf(problem));
        }
        String foreignForm = fromBrowser(language)
                .formParam("csrf", "of another session")
                .post("/console/users/demo/nobody/check")
                .then()
                .statusCode(403)
                .extract()
                .asString();
        assertExplains(texts, "FORBIDDEN", foreignForm);
        assertExplains(texts, "NOT_FOUND", page("/console/nothing", language, 404));
        assertExplains(texts, "METHOD_NOT_ALLOWED", page("/console/users/demo/nobody/check", language, 405));
    }

    private static void assertExplains(Map<String, String> texts, String problem, String page) {
        assertTrue(page.contains(Messages.escaped(texts.get("problemOf_$" + problem))), page);
        assertFalse(page.contains("<p lang="), page);
    }

    @Test
    void answersProgramsInEnglish() {
        given().header("Accept", "application/json")
                .header("Accept-Language", "de")
                .get("/console/users/demo/{user}", fails)
                .then()
                .statusCode(200)
                .body("headline.sentence", equalTo("Calls for %s fail, and the matter is GoTo's.".formatted(fails)))
                .body("headline.cause.whose", equalTo("GoTo's"))
                .body("moments.find { it.event != null }.kind", equalTo("told"));
    }

    /** Which value is wrong is said as programs get it. */
    @Test
    void saysWhichPartOfAPageIsInEnglish() {
        String page = page("/console/users?limit=none", Language.DE, 400);
        assertTrue(page.contains("Genaueres auf Englisch:</p>"), page);
        assertTrue(page.contains("<p lang=\"en\">limit must be"), page);
        assertTrue(page.contains("Code: invalid-request"), page);
    }

    private static String page(String path, Language language, int status) {
        return fromBrowser(language)
                .get(path)
                .then()
                .statusCode(status)
                .header("Content-Language", language.tag())
                .header("Vary", "Accept-Language")
                .extract()
                .asString();
    }

    private static RequestSpecification fromBrowser(Language language) {
        return given().redirects()
                .follow(false)
                .header("Accept", "text/html,*/*;q=0.8")
                .header("Accept-Language", language.tag() + "-XX, en;q=0.1");
    }
}
