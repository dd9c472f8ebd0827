package dev.meetgate.connect;

import static dev.meetgate.Api.RETURN_URL;
import static dev.meetgate.Api.asCareful;
import static dev.meetgate.Api.asDemo;
import static dev.meetgate.Api.asOther;
import static dev.meetgate.Api.connectLink;
import static dev.meetgate.Api.freshUser;
import static dev.meetgate.Api.local;
import static dev.meetgate.Api.walk;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meetgate.Await;
import dev.meetgate.Browser;
import dev.meetgate.Concurrently;
import dev.meetgate.Database;
import dev.meetgate.Sandbox;
import dev.meetgate.WrittenLog;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A consent that waits for the application's code verifier (RFC 7636) connects nobody before. */
@QuarkusTest
class FinishTest {

    /** The pair of RFC 7636, appendix B. */
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    private static final String OTHER_VERIFIER = "x".repeat(43);
    private static final String JANE = "jane.doe@example.com";
    private static final String SAM = "sam.lee@example.com";

    @Inject
    AuthorizationRequests requests;

    @Inject
    ExpiredLinks links;

    private final String user = freshUser();
    private final Browser browser = new Browser();

    @BeforeEach
    void reset() {
        Sandbox.reset();
        // While another connection has the account, nothing is revoked.
        Database.update("delete from connection");
        Database.update("delete from pending_consent");
    }

    @Test
    void connectsOnlyWhenTheApplicationFinishes() {
        String link = link();
        String end = walk(browser, link);

        assertTrue(
                end.matches("\\Q" + RETURN_URL + "\\E&status=pending&user=" + user + "&code=[A-Za-z0-9_-]{43}"), end);
        asDemo().get("/v1/users/{user}/connection", user).then().statusCode(404);
        status(link).body("status", equalTo("pending")).body("waitsFor", equalTo("application"));
        assertEquals(List.of(), events());

        finish(code(end), VERIFIER)
                .statusCode(200)
                .body("user", equalTo(user))
                .body("status", equalTo("CONNECTED"))
                .body("account.email", equalTo(JANE))
                .body("account.organizerKey", containsString(""))
                .body("generation", equalTo(1));
        asDemo().get("/v1/users/{user}/meetings", user).then().statusCode(200);
        status(link).body("status", equalTo("connected")).body("waitsFor", nullValue());
        assertEquals(List.of("dev.meetgate.connection.connected"), events());
        assertEquals(0, Database.count("pending_consent"));
        assertEquals(
                0,
                Database.count(
                        "authorization_request where sealed_code_verifier is not null and user_id = '" + user + "'"));
    }

    @Test
    void tellsWhoDidWhat() {
        finish(code(walk(browser, link())), VERIFIER).statusCode(200);

        asDemo().post("/v1/upkeep");
        assertEquals(
                List.of(
                        "connect_link.create key success",
                        "connection.consent person success",
                        "connection.connect key success"),
                asDemo().get("/v1/audit?user={user}", user).jsonPath().<Map<String, Object>>getList("items").stream()
                        .map(entry -> entry.get("action") + " " + ((Map<?, ?>) entry.get("actor")).get("kind") + " "
                                + entry.get("outcome"))
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-c",
                "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cMM",
                "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw+cM",
                "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cN",
                "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-c="
            })
    void takesOnlyChallengesThatAVerifierCanHave(String challenge) {
        asDemo().body(Map.of("returnUrl", RETURN_URL, "codeChallenge", challenge))
                .post("/v1/users/{user}/connect-links", user)
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid-request"))
                .body("field", equalTo("codeChallenge"));
    }

    @Test
    void wantsAReturnUrlForTheCode() {
        asDemo().body(Map.of("codeChallenge", CHALLENGE))
                .post("/v1/users/{user}/connect-links", user)
                .then()
                .statusCode(400)
                .body("field", equalTo("returnUrl"));
        asOther()
                .body(Map.of("codeChallenge", CHALLENGE))
                .post("/v1/users/{user}/connect-links", user)
                .then()
                .statusCode(201);
    }

    @Test
    void leavesTheOldConnectionUsableMeanwhile() {
        Sandbox.set("consentAccount", JANE);
        walk(browser, connectLink(user));
        Sandbox.set("consentAccount", SAM);
        String code = code(walk(browser, link()));

        asDemo().get("/v1/users/{user}/connection", user).then().body("account.email", equalTo(JANE));
        asDemo().get("/v1/users/{user}/meetings", user).then().statusCode(200);

        finish(code, VERIFIER)
                .statusCode(200)
                .body("account.email", equalTo(SAM))
                .body("generation", equalTo(2));
        assertEquals(List.of(false, true), Sandbox.grantsAlive());
    }

    @Test
    void refusesAWrongVerifierAndKeepsTheConsent() {
        String code = code(walk(browser, link()));

        finish(code, OTHER_VERIFIER)
                .statusCode(400)
                .body("code", equalTo("invalid-request"))
                .body("field", equalTo("codeVerifier"));
        finish(code, CHALLENGE).statusCode(400);
        asDemo().get("/v1/users/{user}/connection", user).then().statusCode(404);
        finish(code, VERIFIER).statusCode(200);
    }

    @Test
    void endsTheCodeAfterTenWrongVerifiers() {
        String code = code(walk(browser, link()));
        for (int i = 0; i < 10; i++) {
            finish(code, OTHER_VERIFIER).statusCode(400).body("detail", containsString("not the secret"));
        }

        finish(code, VERIFIER).statusCode(400).body("field", equalTo("codeVerifier"));
        asDemo().get("/v1/users/{user}/connection", user).then().statusCode(404);
        assertTrue(walk(browser, link()).contains("status=pending"));
    }

    @Test
    void comparesNoMoreThanTenWrongVerifiersThatComeAtOnce() throws Exception {
        String code = code(walk(browser, link()));

        List<String> details = Concurrently.run(
                40, i -> finish(code, OTHER_VERIFIER).statusCode(400).extract().path("detail"));

        assertEquals(
                10,
                details.stream()
                        .filter(detail -> detail.contains("not the secret"))
                        .count());
        finish(code, VERIFIER).statusCode(400).body("detail", containsString("Too many wrong verifiers"));
    }

    @Test
    void refusesACodeOfAnotherUserAndOfAnotherTenant() {
        String code = code(walk(browser, link()));
        var body = Map.of("code", code, "codeVerifier", VERIFIER);
        String stranger = freshUser();

        for (var refused : List.of(
                asDemo().body(body).post("/v1/users/{user}/connection/finish", stranger),
                asOther().body(body).post("/v1/users/{user}/connection/finish", user))) {
            refused.then()
                    .statusCode(400)
                    .body("code", equalTo("invalid-request"))
                    .body("field", equalTo("code"))
                    .body("detail", containsString("No consent of this user"));
        }
        asDemo().get("/v1/users/{user}/connection", stranger).then().statusCode(404);
        finish(code, VERIFIER).statusCode(200);
    }

    @ParameterizedTest
    @CsvSource({"short, 43, code", "43, short, codeVerifier", "'', 43, code", "43, '', codeVerifier"})
    void namesAMalformedMember(String code, String verifier, String field) {
        finish(code.replace("43", OTHER_VERIFIER), verifier.replace("43", OTHER_VERIFIER))
                .statusCode(400)
                .body("field", equalTo(field));
    }

    @Test
    void answersARepeatedRequestAsTheFirst() {
        String code = code(walk(browser, link()));

        List<String> answers = Concurrently.run(
                4, i -> finish(code, VERIFIER).statusCode(200).extract().path("connectedAt"));

        assertEquals(1, answers.stream().distinct().count(), answers::toString);
        assertEquals(List.of("dev.meetgate.connection.connected"), events());
        finish(code, OTHER_VERIFIER).statusCode(400).body("field", equalTo("codeVerifier"));
        finish(code, VERIFIER).statusCode(200).body("generation", equalTo(1));

        Database.update("update connect_link set finish_until = now() where user_id = ?", user);
        finish(code, VERIFIER).statusCode(400).body("detail", containsString("has done its work"));
        asDemo().get("/v1/users/{user}/connection", user).then().body("generation", equalTo(1));
    }

    @Test
    void revokesWhatIsNotFinishedInTime() {
        String link = link();
        String code = code(walk(browser, link));
        passTenMinutes();

        status(link).body("status", equalTo("failed")).body("problem", equalTo("not-finished"));
        asDemo().post("/v1/upkeep").then().statusCode(200);

        assertEquals(List.of(false), Sandbox.grantsAlive());
        assertEquals(0, Database.count("pending_consent"));
        assertEquals(List.of("dev.meetgate.connect_link.failed"), events());
        assertEquals(
                "not-finished", asDemo().get("/v1/events?user={user}", user).path("items[0].data.problem"));
        finish(code, VERIFIER).statusCode(400).body("field", equalTo("code"));
        asDemo().get("/v1/users/{user}/connection", user).then().statusCode(404);
        assertTrue(walk(browser, link).contains("status=pending"), "the link lives on");
    }

    /** The first upkeep may look for old rows before it looks for what waits. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void tellsAfterDaysWithoutUpkeepWhatWasNotFinished(boolean isLastAttempt) {
        String link = link();
        walk(browser, link);
        if (!isLastAttempt) {
            browser.submit(local(link));
        }
        passTwoDays();

        requests.run(() -> true).await().indefinitely();
        links.run(() -> true).await().indefinitely();
        asDemo().post("/v1/upkeep").then().statusCode(200);
        asDemo().post("/v1/upkeep").then().statusCode(200);

        assertEquals(List.of("dev.meetgate.connect_link.failed", "dev.meetgate.connect_link.expired"), events());
        for (String table : List.of("connect_link", "authorization_request")) {
            assertEquals(0, Database.count(table + " where user_id = '" + user + "'"), table);
        }
    }

    @Test
    void revokesALateOneWithoutUpkeep() {
        String code = code(walk(browser, link()));
        passTenMinutes();

        finish(code, VERIFIER).statusCode(400).body("detail", containsString("ten minutes"));
        assertEquals(List.of(false), Sandbox.grantsAlive());
        assertEquals(0, Database.count("pending_consent"));
    }

    @Test
    void endsACallbackThatComesAgainAtTheSameCode() {
        String callback = callback(link());
        String end = browser.open(local(callback)).location();
        assertEquals(end, browser.open(local(callback)).location());
        assertEquals(1, Sandbox.tokenRequests("authorization_code"));

        finish(code(end), VERIFIER).statusCode(200);
        assertEquals(
                RETURN_URL + "&status=connected&user=" + user,
                browser.open(local(callback)).location());
    }

    @Test
    void endsACallbackThatComesAgainTooLateInWords() {
        String callback = callback(link());
        browser.open(local(callback));
        passTenMinutes();

        assertEquals(
                RETURN_URL + "&status=failed&user=" + user + "&problem=not-finished",
                browser.open(local(callback)).location());
    }

    @Test
    void revokesWhatASecondWalkReplaces() {
        String link = link();
        Sandbox.set("consentAccount", SAM);
        String first = code(walk(browser, link));
        Sandbox.set("consentAccount", JANE);
        String second = code(walk(browser, link));

        assertNotEquals(first, second);
        assertEquals(List.of(false, true), Sandbox.grantsAlive());
        finish(first, VERIFIER).statusCode(400).body("field", equalTo("code"));
        finish(second, VERIFIER).statusCode(200).body("account.email", equalTo(JANE));
    }

    /** A server may end all grants of an account at once. */
    @Test
    void revokesNothingOfAnAccountThatStillWaits() {
        String link = link();
        walk(browser, link);
        String second = code(walk(browser, link));

        assertEquals(List.of(true, true), Sandbox.grantsAlive());
        finish(second, VERIFIER).statusCode(200);
        asDemo().get("/v1/users/{user}/meetings", user).then().statusCode(200);
    }

    @Test
    void takesThePersonsLastWord() {
        String link = link();
        String code = code(walk(browser, link));
        Sandbox.set("consent", "DENY");
        assertTrue(walk(browser, link).contains("status=denied"));

        assertEquals(List.of(false), Sandbox.grantsAlive());
        finish(code, VERIFIER).statusCode(400).body("field", equalTo("code"));
        assertEquals(List.of("dev.meetgate.connect_link.denied"), events());
    }

    @Test
    void dropsTheConsentWhenThePersonCancels() {
        String link = link();
        String code = code(walk(browser, link));
        assertTrue(browser.open(local(link)).body().contains("connecting is not finished yet"));

        assertTrue(browser.submit(local(link) + "/cancel").location().contains("status=denied"));
        assertTrue(browser.submit(local(link) + "/cancel").location().contains("status=denied"));
        assertEquals(List.of(false), Sandbox.grantsAlive());
        finish(code, VERIFIER).statusCode(400).body("field", equalTo("code"));
        assertEquals(List.of("dev.meetgate.connect_link.denied"), events());
    }

    @Test
    void tellsOnceThatAConnectedPersonCancels() {
        walk(browser, connectLink(user));
        String link = link();
        walk(browser, link);

        assertEquals(
                RETURN_URL + "&status=denied&user=" + user,
                browser.submit(local(link) + "/cancel").location());
        assertEquals(List.of("dev.meetgate.connection.connected", "dev.meetgate.connect_link.denied"), events());
        asDemo().get("/v1/users/{user}/meetings", user).then().statusCode(200);
    }

    /** The transaction that finishes begins first. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Tag("thorough")
    void connectsNothingThatEndsMeanwhile(boolean byThePerson) throws Exception {
        Sandbox.set("consentAccount", SAM);
        walk(browser, connectLink(user));
        Sandbox.set("consentAccount", JANE);
        String link = link();
        String code = code(walk(browser, link));

        CompletableFuture<ValidatableResponse> finish;
        try (var lock = Database.begin("update connection set generation = generation")) {
            finish = Concurrently.start(() -> finish(code, VERIFIER));
            awaitLock();
            if (byThePerson) {
                assertTrue(browser.submit(local(link) + "/cancel").location().contains("status=denied"));
            } else {
                Database.update("delete from pending_consent where user_id = ?", user);
            }
            lock.rollback();
        }

        finish.get().statusCode(400).body("field", equalTo("code"));
        asDemo().get("/v1/users/{user}/connection", user).then().body("account.email", equalTo(SAM));
        if (byThePerson) {
            assertEquals(List.of("dev.meetgate.connection.connected", "dev.meetgate.connect_link.denied"), events());
        }
    }

    /** Somebody who walks again is at GoTo when the ten minutes of the first consent are over. */
    @Test
    void tellsWhatWasNotFinishedAlsoWhenTheLinkHasBegunAgain() {
        String link = link();
        walk(browser, link);
        browser.submit(local(link));
        passTenMinutes();
        asDemo().post("/v1/upkeep").then().statusCode(200);

        assertEquals(List.of(false), Sandbox.grantsAlive());
        assertEquals(List.of("dev.meetgate.connect_link.failed"), events());
    }

    @Test
    void connectsNobodyWhoWasDisconnectedMeanwhile() {
        String code = code(walk(browser, link()));

        asDemo().delete("/v1/users/{user}/connection", user).then().statusCode(204);

        assertEquals(List.of(false), Sandbox.grantsAlive());
        assertEquals(0, Database.count("pending_consent"));
        finish(code, VERIFIER).statusCode(400).body("detail", containsString("disconnected"));
    }

    @Test
    void keepsNothingOfAConsentThatLacksScopes() {
        Sandbox.set("grantedScope", "identity:scim.me");
        String end = walk(browser, link());

        assertEquals(RETURN_URL + "&status=failed&user=" + user + "&problem=scope-missing", end);
        assertEquals(List.of(false), Sandbox.grantsAlive());
        assertEquals(0, Database.count("pending_consent"));
        assertEquals(List.of("dev.meetgate.connect_link.failed"), events());
    }

    /** Whoever holds a link without a challenge could connect somebody else. */
    @Test
    void handsOutNoLinkWithoutAChallengeAfterwards() {
        finish(code(walk(browser, link())), VERIFIER).statusCode(200);
        Sandbox.revokeGrants();

        asDemo().get("/v1/users/{user}/meetings", user)
                .then()
                .statusCode(409)
                .body("code", equalTo("reconnect-required"))
                .body("connectUrl", nullValue())
                .body("detail", containsString("codeChallenge"));
        assertTrue(walk(browser, connectLink(user)).contains("status=connected"));
        Database.update("update connection set status = 'RECONNECT_REQUIRED', reason = 'REVOKED'");
        asDemo().get("/v1/users/{user}/meetings", user)
                .then()
                .statusCode(409)
                .body("connectUrl", containsString("/connect/"));
    }

    @Test
    void isForCredentialsThatMayConnect() {
        given().contentType("application/json")
                .body(Map.of("code", OTHER_VERIFIER, "codeVerifier", VERIFIER))
                .post("/v1/users/{user}/connection/finish", user)
                .then()
                .statusCode(401);
    }

    @Test
    void putsNoSecretIntoTheLog() {
        try (var log = new WrittenLog()) {
            String code = code(walk(browser, link()));
            finish(code, OTHER_VERIFIER).statusCode(400);
            finish(code, VERIFIER).statusCode(200);

            Stream.concat(Stream.of(code, VERIFIER, OTHER_VERIFIER), Sandbox.secrets().stream())
                    .forEach(secret -> assertFalse(log.text().contains(secret)));
        }
    }

    @Test
    void asksThePersonOnceMoreWhereTheTenantWantsIt() {
        String link = carefulLink();
        String page = walk(browser, link);

        assertTrue(page.matches("http://localhost:8080/connect/confirm/[A-Za-z0-9_-]{43}"), page);
        String body = browser.open(local(page)).body();
        assertTrue(body.contains(JANE) && body.contains("Alice") && body.contains("careful"), body);
        asCareful().get("/v1/users/{user}/connection", user).then().statusCode(404);
        status(link).body("status", equalTo("pending")).body("waitsFor", equalTo("person"));

        String end = RETURN_URL + "&status=connected&user=" + user;
        List<String> ends = Concurrently.run(2, i -> browser.submit(local(page)).location());
        assertEquals(List.of(end, end), ends);
        assertEquals(end, browser.open(local(page)).location());
        assertEquals(end, browser.submit(local(page) + "/deny").location());
        asCareful().get("/v1/users/{user}/connection", user).then().body("account.email", equalTo(JANE));
        assertEquals(1, Database.count("event where user_id = '" + user + "'"));
    }

    @Test
    void connectsNothingAfterANo() {
        String link = carefulLink();
        String page = walk(browser, link);

        String end = RETURN_URL + "&status=denied&user=" + user;
        assertEquals(end, browser.submit(local(page) + "/deny").location());
        assertEquals(end, browser.submit(local(page)).location());
        assertEquals(end, browser.open(local(page)).location());
        asCareful().get("/v1/users/{user}/connection", user).then().statusCode(404);
        assertEquals(List.of(false), Sandbox.grantsAlive());
        status(link).body("status", equalTo("denied"));
        assertEquals(
                List.of("dev.meetgate.connect_link.denied"),
                asCareful().get("/v1/events?user={user}", user).path("items.type"));
    }

    @Test
    void promisesConnectedPeopleTheirConnection() {
        walk(browser, connectLink(user));
        String link = asCareful()
                .body(Map.of("returnUrl", RETURN_URL))
                .post("/v1/users/{user}/connect-links", user)
                .path("url");
        String first = browser.open(local(walk(browser, link))).body();
        assertTrue(first.contains("Nothing is connected before you say yes"), first);
        browser.submit(local(walk(browser, link)));

        String again = browser.open(local(walk(browser, carefulLink()))).body();
        assertTrue(again.contains("Your connection stays as it is"), again);
    }

    /** The grant that a connection has replaced may be revoked only after the connection. */
    @Test
    void keepsANoteThatWaitsForAConnection() {
        walk(browser, connectLink(user));
        walk(browser, connectLink(user));
        Database.update("update revocation set created_at = created_at - interval '8 days', next_attempt_at = now()");
        asDemo().post("/v1/upkeep").then().statusCode(200);
        assertEquals(List.of(true, true), Sandbox.grantsAlive());

        asDemo().delete("/v1/users/{user}/connection", user).then().statusCode(204);
        assertEquals(List.of(false, false), Sandbox.grantsAlive());
    }

    @Test
    void saysThatANoCameTooLate() throws Exception {
        String page = walk(browser, carefulLink());

        CompletableFuture<String> end;
        try (var yes = Database.begin(
                "update connect_link set outcome = 'CONNECTED', finished_at = now() where user_id = '" + user + "'")) {
            end = Concurrently.start(() -> browser.submit(local(page) + "/deny").location());
            awaitLock();
            yes.commit();
        }
        assertEquals(RETURN_URL + "&status=connected&user=" + user, end.get());
    }

    @Test
    void takesSilenceForANo() {
        String page = walk(browser, carefulLink());
        passTenMinutes();

        String end = RETURN_URL + "&status=denied&user=" + user;
        assertEquals(end, browser.open(local(page)).location());
        assertEquals(end, browser.submit(local(page)).location());
        assertEquals(List.of(false), Sandbox.grantsAlive());
        asCareful().get("/v1/users/{user}/connection", user).then().statusCode(404);
    }

    @Test
    void asksOnlyTheBrowserThatWentToGoTo() {
        String page = walk(browser, carefulLink());
        var stranger = new Browser();

        for (var refused : List.of(
                stranger.open(local(page)), stranger.submit(local(page)), stranger.submit(local(page) + "/deny"))) {
            assertEquals(404, refused.status());
            assertFalse(refused.body().contains(JANE), refused.body());
        }
        assertEquals(
                403, browser.submit(local(page), "Sec-Fetch-Site", "cross-site").status());
        assertEquals(404, browser.open(local(page) + "x").status());
        assertTrue(browser.submit(local(page)).location().contains("status=connected"));
    }

    @Test
    void saysOnAnOldPageThatANewerAttemptHasReplacedIt() {
        String link = carefulLink();
        String old = walk(browser, link);
        String newer = walk(browser, link);

        for (var page :
                List.of(browser.open(local(old)), browser.submit(local(old)), browser.submit(local(old) + "/deny"))) {
            assertTrue(page.body().contains("A newer attempt has replaced this page"), page.body());
            assertTrue(page.body().contains("go on there"), page.body());
        }
        assertEquals(404, new Browser().open(local(old)).status());
        asCareful().get("/v1/users/{user}/connection", user).then().statusCode(404);
        assertTrue(browser.submit(local(newer)).location().contains("status=connected"));
    }

    @Test
    void asksTruthfullyWithoutAName() {
        String page = walk(browser, carefulLink());
        Database.update("update pending_consent set email = null");

        String body = browser.open(local(page)).body();
        assertTrue(body.contains("GoTo did not say which account"), body);
        assertTrue(browser.submit(local(page)).location().contains("status=connected"));
    }

    /** The code of one way is no use on the other. */
    @Test
    void keepsTheTwoWaysApart() {
        String page = walk(browser, carefulLink());
        asCareful()
                .body(Map.of("code", page.substring(page.lastIndexOf('/') + 1), "codeVerifier", VERIFIER))
                .post("/v1/users/{user}/connection/finish", user)
                .then()
                .statusCode(400)
                .body("field", equalTo("code"));

        String code = code(walk(browser, link()));
        assertEquals(
                404,
                browser.submit(local("http://localhost:8080/connect/confirm/" + code))
                        .status());
    }

    private String link() {
        return asDemo().body(Map.of("returnUrl", RETURN_URL, "codeChallenge", CHALLENGE))
                .post("/v1/users/{user}/connect-links", user)
                .then()
                .statusCode(201)
                .extract()
                .path("url");
    }

    private String carefulLink() {
        return asCareful()
                .body(Map.of("returnUrl", RETURN_URL, "displayName", "Alice"))
                .post("/v1/users/{user}/connect-links", user)
                .path("url");
    }

    private String callback(String link) {
        return browser.open(browser.submit(local(link)).location()).location();
    }

    private static String code(String end) {
        assertTrue(end.contains("&code="), end);
        return end.substring(end.indexOf("&code=") + 6);
    }

    private ValidatableResponse finish(String code, String verifier) {
        return asDemo().body(Map.of("code", code, "codeVerifier", verifier))
                .post("/v1/users/{user}/connection/finish", user)
                .then();
    }

    private static ValidatableResponse status(String link) {
        return given().get(local(link) + "/status").then().statusCode(200);
    }

    private List<String> events() {
        return asDemo().get("/v1/events?user={user}", user).path("items.type");
    }

    private static void awaitLock() {
        Await.until(() -> Database.count("pg_stat_activity where wait_event_type = 'Lock'") > 0);
    }

    private void passTwoDays() {
        passTenMinutes();
        for (String table : List.of("connect_link", "pending_consent", "authorization_request")) {
            Database.update(
                    "update " + table + " set expires_at = expires_at - interval '2 days' where user_id = ?", user);
        }
    }

    private void passTenMinutes() {
        Database.update(
                "update connect_link set finish_until = finish_until - interval '12 minutes' where user_id = ?", user);
        Database.update(
                "update pending_consent set expires_at = expires_at - interval '12 minutes' where user_id = ?", user);
        Database.update(
                "update authorization_request set expires_at = expires_at - interval '12 minutes' where user_id = ?",
                user);
    }
}
