package dev.meetgate.caller;

import static dev.meetgate.caller.Callers.as;
import static dev.meetgate.caller.TestIssuers.RSA;
import static dev.meetgate.caller.TestIssuers.claims;
import static dev.meetgate.caller.TestIssuers.signed;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meetgate.Await;
import dev.meetgate.Concurrently;
import dev.meetgate.caller.TestIssuers.Mood;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.util.Collections;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Issuers that are down, slow, rotate their keys, or answer nonsense. */
@Tag("thorough")
@QuarkusTest
@TestProfile(Callers.class)
class IssuerTroubleTest {

    private static final String CONNECTIONS = "/v1/connections";

    @ParameterizedTest
    @EnumSource(names = {"DOWN", "SLOW", "NONSENSE", "EMPTY", "ENDLESS", "REDIRECTING"})
    void saysThatTheIssuerIsTheCulprit(Mood mood) {
        String name = mood.name().toLowerCase(Locale.ROOT);
        TestIssuers.is(name, mood);
        String token = signed(claims(name));

        long begin = System.nanoTime();
        Response answer = as(token, "GET", CONNECTIONS);
        long millis = (System.nanoTime() - begin) / 1_000_000;
        answer.then()
                .statusCode(503)
                .header("Retry-After", "5")
                .body("code", equalTo("issuer-unavailable"))
                .body("detail", containsString("issuer"))
                .body("detail", not(containsString("localhost")));
        assertTrue(millis < 5_800, millis + " ms");

        // The next callers do not cost the issuer a request each, nor themselves its silence.
        int before = TestIssuers.requests(name);
        begin = System.nanoTime();
        for (int call = 0; call < 10; call++) {
            as(token, "GET", CONNECTIONS).then().statusCode(503);
        }
        assertEquals(before, TestIssuers.requests(name));
        assertTrue(System.nanoTime() - begin < 2_800_000_000L);

        as("demo-key", "GET", CONNECTIONS).then().statusCode(200);
        as(signed(claims("one")), "GET", CONNECTIONS).then().statusCode(200);

        TestIssuers.is(name, Mood.WELL);
        Await.until(() -> as(token, "GET", CONNECTIONS).statusCode() == 200);
    }

    @Test
    void hangsUpOnAnAnswerThatIsTooLarge() {
        TestIssuers.is("talkative", Mood.ENDLESS);

        as(signed(claims("talkative")), "GET", CONNECTIONS).then().statusCode(503);

        Await.until(() -> TestIssuers.hasReadAll("talkative") != null);
        assertEquals(false, TestIssuers.hasReadAll("talkative"));
    }

    /** One names another issuer, and one a place of keys without TLS. */
    @ParameterizedTest
    @ValueSource(strings = {"liar", "plain"})
    void refusesMetadataThatLeadsElsewhere(String name) {
        as(signed(claims(name)), "GET", CONNECTIONS).then().statusCode(503);
        assertEquals(0, TestIssuers.requests(name));
    }

    @Test
    void takesNewKeysAndKeepsKnownOnes() {
        as(signed(claims("rotating")), "GET", CONNECTIONS).then().statusCode(200);
        var next = TestIssuers.rsa("next");
        TestIssuers.has("rotating", next);
        int before = TestIssuers.requests("rotating");
        String rotated = signed(claims("rotating"), next, "RS256");

        assertEquals(Collections.nCopies(8, 200), Concurrently.run(8, caller -> as(rotated, "GET", CONNECTIONS)
                .statusCode()));
        assertEquals(before + 1, TestIssuers.requests("rotating"));

        // A key that the issuer has withdrawn is a wrong one, which costs no request until 30 s later.
        TestIssuers.is("rotating", Mood.DOWN);
        as(signed(claims("rotating")), "GET", CONNECTIONS).then().statusCode(401);
        as(rotated, "GET", CONNECTIONS).then().statusCode(200);
        assertEquals(before + 1, TestIssuers.requests("rotating"));
    }

    /** Callers who come at once wait for one request. */
    @Test
    void asksOnceForAllWhoWait() {
        String token = signed(claims("kept"), RSA, "RS256");
        TestIssuers.has("kept", RSA);

        var statuses =
                Concurrently.run(16, caller -> as(token, "GET", CONNECTIONS).statusCode());

        assertEquals(Collections.nCopies(16, 200), statuses);
        assertTrue(TestIssuers.requests("kept") <= 1);
    }
}
