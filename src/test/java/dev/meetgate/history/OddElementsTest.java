package dev.meetgate.history;

import static dev.meetgate.Api.asDemo;
import static dev.meetgate.Api.connectedUser;
import static dev.meetgate.Api.createdMeeting;
import static dev.meetgate.Api.planning;
import static dev.meetgate.history.Organization.GROUP_KEY;
import static dev.meetgate.history.Organization.JANE;
import static dev.meetgate.history.Organization.JANES_KEY;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meetgate.Sandbox;
import dev.meetgate.WrittenLog;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An element of a list of GoTo's that has no id, or another odd member, does not hide the others. */
@QuarkusTest
class OddElementsTest {

    private static final Map<String, String> RANGE =
            Map.of("from", "2020-01-01T00:00:00Z", "to", "2020-01-20T00:00:00Z");
    private static final int ODD = 7;

    @TestHTTPResource(value = "/metrics", management = true)
    URL metrics;

    @BeforeEach
    void reset() {
        Sandbox.reset();
        Sandbox.addSessions(Map.of(
                "organizer",
                JANE,
                "meetingId",
                1,
                "sessionId",
                1,
                "start",
                "2020-01-10T09:00:00Z",
                "attendees",
                List.of(Map.of("name", "Ada", "email", "ada@example.org"))));
    }

    static Stream<String> lists() {
        return Stream.of(
                "meetings",
                "organizers/" + JANES_KEY + "/meetings",
                "groups/" + GROUP_KEY + "/meetings",
                "meetings/history",
                "organizers/" + JANES_KEY + "/meetings/history",
                "groups/" + GROUP_KEY + "/meetings/history",
                "meetings/1/attendees",
                "organizers/" + JANES_KEY + "/attendees",
                "groups/" + GROUP_KEY + "/attendees");
    }

    @ParameterizedTest
    @MethodSource("lists")
    @Tag("thorough")
    void showsTheOthersAndCountsWhatIsLeftOut(String list) {
        String user = list.startsWith("meetings") ? connectedUser() : Organization.administrator();
        if (list.endsWith("meetings")) {
            createdMeeting(list.startsWith("meetings") ? user : connectedUser(JANE));
        }
        int shown = list(user, list).extract().jsonPath().getList("items").size();
        assertEquals(1, shown);
        double before = leftOut();

        try (var log = new WrittenLog()) {
            Sandbox.fault("api", "ODD_ELEMENTS");
            list(user, list).body("items", hasSize(1));

            assertEquals(before + 2 * ODD, leftOut());
            assertTrue(log.text().contains("Left out"), log.text());
            assertFalse(log.text().contains("canary"), log.text());
        }
    }

    @Test
    void showsAnEmptyListWhereEveryElementIsOdd() {
        String user = connectedUser();
        Sandbox.fault("api", "ODD_ELEMENTS");

        list(user, "meetings").body("items", hasSize(0));
        assertEquals(1, Sandbox.requests("api"));
    }

    @Test
    void takesAnAnswerThatIsNoListForNonsense() {
        String user = connectedUser();
        Sandbox.faults("api", "NONSENSE", Map.of());

        asDemo().get("/v1/users/{user}/meetings", user).then().statusCode(503);
        Sandbox.clearFaults();
    }

    @Test
    void findsALostMeetingBesideOddOnes() {
        String user = connectedUser();
        var key = UUID.randomUUID();
        Map<String, String> planning = planning();
        Sandbox.fault("api", "RESET_AFTER");
        asDemo().header("Idempotency-Key", key)
                .body(planning)
                .post("/v1/users/{user}/meetings", user)
                .then()
                .statusCode(503);

        Sandbox.fault("api", "ODD_ELEMENTS");
        asDemo().header("Idempotency-Key", key)
                .body(planning)
                .post("/v1/users/{user}/meetings", user)
                .then()
                .statusCode(201);
        list(user, "meetings").body("items", hasSize(1));
    }

    @Test
    void showsAnAccountWithOddMembers() {
        String user = connectedUser();
        Sandbox.fault(
                "me",
                "STATUS",
                Map.of(
                        "status",
                        200,
                        "body",
                        Map.of(
                                "email",
                                "jane@example.org",
                                "firstName",
                                Map.of("a", 1),
                                "lastName",
                                List.of(1),
                                "key",
                                7)));

        asDemo().get("/v1/users/{user}/account", user)
                .then()
                .statusCode(200)
                .body("email", equalTo("jane@example.org"))
                .body("organizerKey", equalTo("7"));
    }

    private static ValidatableResponse list(String user, String list) {
        boolean hasRange = list.endsWith("history") || (list.endsWith("attendees") && !list.startsWith("meetings"));
        return asDemo().queryParams(hasRange ? RANGE : Map.of())
                .get("/v1/users/" + user + "/" + list)
                .then()
                .statusCode(200);
    }

    private double leftOut() {
        String page = given().get(metrics).asString();
        Matcher line = Pattern.compile("(?m)^meetgate_goto_left_out_total(?:\\{.*})? (\\S+)$")
                .matcher(page);
        assertTrue(line.find(), page);
        return Double.parseDouble(line.group(1));
    }
}
