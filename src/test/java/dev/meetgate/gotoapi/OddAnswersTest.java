package dev.meetgate.gotoapi;

import static dev.meetgate.Api.asDemo;
import static dev.meetgate.Api.connectLink;
import static dev.meetgate.Api.connectedUser;
import static dev.meetgate.Api.freshUser;
import static dev.meetgate.Api.meetings;
import static dev.meetgate.Api.walk;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meetgate.Await;
import dev.meetgate.Browser;
import dev.meetgate.Concurrently;
import dev.meetgate.Sandbox;
import io.quarkus.test.junit.QuarkusTest;
import java.math.BigInteger;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that other clients of OAuth servers and APIs stumbled over; see src/docs/faults.md. */
@QuarkusTest
class OddAnswersTest {

    @BeforeEach
    void reset() {
        Sandbox.reset();
    }

    @AfterEach
    void clear() {
        Sandbox.clearFaults();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GZIP", "BYTE_ORDER_MARK"})
    void readsAnswersOfACdn(String kind) {
        for (String endpoint : new String[] {"token", "me", "api"}) {
            Sandbox.faults(endpoint, kind, Map.of());
        }

        String user = connectedUser();
        Sandbox.expireAccessTokens();

        meetings(user).then().statusCode(200);
        asDemo().get("/v1/users/{user}/account", user)
                .then()
                .statusCode(200)
                .body("email", equalTo("jane.doe@example.com"));
        asDemo().get("/v1/users/{user}/goto/G2M/rest/upcomingMeetings", user)
                .then()
                .statusCode(200)
                .header("Content-Encoding", equalTo(null));
        asDemo().delete("/v1/users/{user}/connection", user).then().statusCode(204);
    }

    static Stream<Object> longLifetimes() {
        return Stream.of(
                1e20,
                Long.MAX_VALUE,
                Long.MAX_VALUE / 1000,
                new BigInteger("18446744073709551615"),
                3600.5,
                "3600",
                System.currentTimeMillis());
    }

    @ParameterizedTest
    @MethodSource("longLifetimes")
    void usesATokenThatIsSaidToLiveForLong(Object expiresIn) {
        Sandbox.faults("token", "MEMBERS", Map.of("body", Map.of("expires_in", expiresIn)));

        String user = connectedUser();
        meetings(user).then().statusCode(200);
        meetings(user).then().statusCode(200);

        assertEquals(0, Sandbox.tokenRequests("refresh_token"));
    }

    @Test
    void takesTheDefaultForALifetimeThatIsNull() {
        Map<String, Object> none = Collections.singletonMap("expires_in", null);
        Sandbox.faults("token", "MEMBERS", Map.of("body", none));

        meetings(connectedUser()).then().statusCode(200);

        assertEquals(0, Sandbox.tokenRequests("refresh_token"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-5", "0", "1.5", "soon", "99999999999999999999", "Wed, 21 Oct 2015 07:28:00 GMT"})
    @Tag("thorough")
    void readsOnInSpiteOfAnOddRetryAfter(String retryAfter) {
        String user = connectedUser();
        Sandbox.fault("api", "STATUS", Map.of("status", 429, "retryAfter", retryAfter));

        asDemo().header("Request-Timeout", "20")
                .get("/v1/users/{user}/meetings", user)
                .then()
                .statusCode(200);
    }

    /** Some servers answer 411 to a POST that has neither a length nor chunks. */
    @Test
    void saysThatAPostHasNoBody() {
        String user = connectedUser();
        Sandbox.fault("api", "ECHO");

        asDemo().post("/v1/users/{user}/goto/G2M/rest/meetings", user)
                .then()
                .statusCode(200)
                .body("headers.content-length", equalTo("0"))
                .body("headers", not(hasKey("transfer-encoding")));
    }

    /** More than the client has connections. */
    @ParameterizedTest
    @ValueSource(strings = {"HUGE", "ENDLESS"})
    @Tag("thorough")
    void leavesConnectionsWhoseAnswersDoNotEnd(String kind) {
        Sandbox.faults("token", kind, Map.of());
        List<String> ends = Concurrently.run(45, walk -> walk(new Browser(), connectLink(freshUser())));
        Sandbox.clearFaults();

        ends.forEach(end -> assertTrue(end.contains("problem=goto-unavailable"), end));
        Await.until(() -> walk(new Browser(), connectLink(freshUser())).contains("status=connected"));
    }
}
