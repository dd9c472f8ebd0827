package dev.meetgate.packaged;

import static dev.meetgate.Api.RETURN_URL;
import static dev.meetgate.Api.asDemo;
import static dev.meetgate.Api.freshUser;
import static dev.meetgate.Api.local;
import static dev.meetgate.Api.meetings;
import static dev.meetgate.Api.walk;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meetgate.Await;
import dev.meetgate.Browser;
import dev.meetgate.Concurrently;
import dev.meetgate.Database;
import dev.meetgate.Sandbox;
import dev.meetgate.packaged.PostgresProxy.Stop;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Kills a replica while a consent waits for the application. */
@Tag("thorough")
class FinishIT {

    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    private static Replica survivor;

    private final String user = freshUser();
    private final Browser browser = new Browser();

    @BeforeAll
    static void start() throws Exception {
        survivor = Replica.start();
    }

    @AfterAll
    static void stop() {
        survivor.close();
    }

    @BeforeEach
    void reset() {
        Sandbox.reset();
        Database.update("delete from connection");
        Database.update("delete from pending_consent");
    }

    @ParameterizedTest
    @CsvSource({"finished_at =, BEFORE", "finished_at =, AFTER", "COMMIT, AFTER"})
    void finishesAtAnotherReplica(String words, Stop stop) throws Exception {
        var settings = Replica.surroundings();
        String code;
        try (var proxy = PostgresProxy.of(settings.get("QUARKUS_DATASOURCE_REACTIVE_URL"))) {
            settings.put("QUARKUS_DATASOURCE_REACTIVE_URL", proxy.url());
            try (Replica victim = Replica.start(settings)) {
                RestAssured.port = victim.port();
                String end = walk(browser, link());
                code = end.substring(end.indexOf("&code=") + 6);
                proxy.stopAt(words, stop);
                Concurrently.start(() -> finish(code));
                Await.until(() -> proxy.stopped() == 1);
                victim.kill();
            }
        }
        RestAssured.port = survivor.port();

        finish(code).then().statusCode(200).body("generation", equalTo(1));
        meetings(user).then().statusCode(200);
        assertEquals(
                List.of("dev.meetgate.connection.connected"),
                asDemo().get("/v1/events?user={user}", user).path("items.type"));
        assertEquals(0, Database.count("pending_consent"));
        assertEquals(List.of(true), Sandbox.grantsAlive());
    }

    @Test
    void finishesOnceIfTheCommitIsNotAnswered() throws Exception {
        var settings = Replica.surroundings();
        try (var proxy = PostgresProxy.of(settings.get("QUARKUS_DATASOURCE_REACTIVE_URL"))) {
            settings.put("QUARKUS_DATASOURCE_REACTIVE_URL", proxy.url());
            try (Replica replica = Replica.start(settings)) {
                RestAssured.port = replica.port();
                String end = walk(browser, link());
                proxy.stopAt("COMMIT", Stop.AFTER);
                var finished = Concurrently.start(() -> finish(end.substring(end.indexOf("&code=") + 6)));
                Await.until(() -> proxy.stopped() == 1);
                proxy.hangUpOnTheStopped();

                finished.join()
                        .then()
                        .statusCode(200)
                        .body("generation", equalTo(1))
                        .body("account.firstName", equalTo("Jane"));
                assertEquals(
                        List.of("dev.meetgate.connection.connected"),
                        asDemo().get("/v1/events?user={user}", user).path("items.type"));
                assertEquals(0, Database.count("revocation where user_id = '" + user + "'"));
            }
        }
    }

    /** The tokens are lost with the process, as in a walk without a challenge. */
    @Test
    void endsInWordsWhenTheConsentWasNotStored() throws Exception {
        RestAssured.port = survivor.port();
        walk(new Browser(), linkWithoutChallenge());
        var settings = Replica.surroundings();
        String callback;
        try (var proxy = PostgresProxy.of(settings.get("QUARKUS_DATASOURCE_REACTIVE_URL"))) {
            settings.put("QUARKUS_DATASOURCE_REACTIVE_URL", proxy.url());
            try (Replica victim = Replica.start(settings)) {
                RestAssured.port = victim.port();
                callback =
                        browser.open(browser.submit(local(link())).location()).location();
                String address = local(callback);
                proxy.stopAt("with replaced as", Stop.BEFORE);
                Concurrently.start(() -> browser.open(address));
                Await.until(() -> proxy.stopped() == 1);
                victim.kill();
            }
        }
        RestAssured.port = survivor.port();
        Database.update(
                "update authorization_request set consumed_at = now() - interval '2 minutes' where consumed_at is not null");

        String end = browser.open(local(callback)).location();
        assertTrue(end.endsWith("status=failed&user=" + user + "&problem=unavailable"), end);
        assertEquals(0, Database.count("pending_consent"));
        meetings(user).then().statusCode(200);
    }

    private String link() {
        return asDemo().body(Map.of("returnUrl", RETURN_URL, "codeChallenge", CHALLENGE))
                .post("/v1/users/{user}/connect-links", user)
                .path("url");
    }

    private String linkWithoutChallenge() {
        return asDemo().body(Map.of("returnUrl", RETURN_URL))
                .post("/v1/users/{user}/connect-links", user)
                .path("url");
    }

    private Response finish(String code) {
        return asDemo().body(Map.of("code", code, "codeVerifier", VERIFIER))
                .post("/v1/users/{user}/connection/finish", user);
    }
}
