package dev.meetgate.history;

import static dev.meetgate.Api.asDemo;
import static dev.meetgate.Api.connectedUser;
import static dev.meetgate.Api.createdMeeting;
import static dev.meetgate.Api.freshUser;
import static dev.meetgate.history.Organization.GROUP_KEY;
import static dev.meetgate.history.Organization.JANE;
import static dev.meetgate.history.Organization.JANES_KEY;
import static dev.meetgate.history.Organization.SAM;
import static dev.meetgate.history.Organization.SAMS_KEY;
import static dev.meetgate.history.Organization.administrator;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.meetgate.Sandbox;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Organizers see their own meetings. Administrators see those of others too. */
@QuarkusTest
class OrganizationTest {

    private static final String ORGANIZER = "/v1/users/{user}/organizers/{key}";
    private static final String GROUP = "/v1/users/{user}/groups/{key}";
    private static final String SESSION = "/v1/users/{user}/sessions/{session}";
    private static final Map<String, String> RANGE =
            Map.of("from", "2020-01-01T00:00:00Z", "to", "2020-04-01T00:00:00Z");

    @BeforeEach
    void reset() {
        Sandbox.reset();
        hold(JANE, 1, "2020-01-10T09:00:00Z");
        hold(SAM, 2, "2020-03-10T09:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"QUIRKY", "PLAIN"})
    void showsAdministratorsTheMeetingsOfAnOrganizer(String dress) {
        Sandbox.set("dress", dress);
        String id = createdMeeting(connectedUser(SAM));
        String admin = administrator();

        asDemo().get(ORGANIZER + "/meetings", admin, SAMS_KEY)
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].id", equalTo(id))
                .body("items[0].joinUrl", nullValue())
                .body("items[0].organizer.organizerKey", equalTo(SAMS_KEY))
                .body("items[0].organizer.email", equalTo(SAM));
        asDemo().queryParams(RANGE)
                .get(ORGANIZER + "/meetings/history", admin, SAMS_KEY)
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].id", equalTo("2"))
                .body("items[0].durationMinutes", equalTo(30));
        asDemo().queryParams(RANGE)
                .get(ORGANIZER + "/attendees", admin, SAMS_KEY)
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].name", equalTo("Ada"))
                .body("items[0].sessionId", equalTo("2"))
                .body("items[0].organizer.organizerKey", equalTo(SAMS_KEY));
    }

    @ParameterizedTest
    @ValueSource(strings = {"QUIRKY", "PLAIN"})
    void showsAdministratorsTheMeetingsOfAGroup(String dress) {
        Sandbox.set("dress", dress);
        createdMeeting(connectedUser(JANE));
        createdMeeting(connectedUser(SAM));
        String admin = administrator();

        asDemo().get(GROUP + "/meetings", admin, GROUP_KEY)
                .then()
                .statusCode(200)
                .body("items", hasSize(2))
                .body("items.organizer.email", equalTo(List.of(JANE, SAM)))
                .body("items.organizer.groupName", equalTo(List.of("Research", "Research")));
        asDemo().queryParams(RANGE)
                .get(GROUP + "/meetings/history", admin, GROUP_KEY)
                .then()
                .statusCode(200)
                .body("items.meetingId", equalTo(List.of("1", "2")))
                .body("items[0].id", nullValue())
                .body("items[0].organizer.email", equalTo(JANE))
                .body("items[1].organizer.groupName", equalTo("Research"));
        asDemo().queryParams(RANGE)
                .queryParam("limit", 1)
                .get(GROUP + "/attendees", admin, GROUP_KEY)
                .then()
                .statusCode(200)
                .body("items.sessionId", equalTo(List.of("1")))
                .body("items[0].organizer.organizerKey", equalTo(JANES_KEY))
                .body("items[0].organizer.groupName", equalTo("Research"))
                .body("nextCursor", notNullValue());
    }

    @Test
    void showsOrganizersTheirOwnMeetings() {
        String user = connectedUser(JANE);
        String id = createdMeeting(user);

        asDemo().get(ORGANIZER + "/meetings", user, JANES_KEY)
                .then()
                .statusCode(200)
                .body("items[0].id", equalTo(id))
                .body("items[0].joinUrl", notNullValue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/organizers/" + SAMS_KEY + "/meetings",
                "/organizers/" + SAMS_KEY + "/meetings/history",
                "/organizers/" + SAMS_KEY + "/attendees",
                "/groups/" + GROUP_KEY + "/meetings",
                "/groups/" + GROUP_KEY + "/meetings/history",
                "/groups/" + GROUP_KEY + "/attendees",
            })
    @Tag("thorough")
    void requiresAnAdministratorWithTheScope(String path) {
        forbidden(ask(connectedUser(JANE), path));
        forbidden(ask(administrator("collab:"), path));
        ask(administrator(), path).then().statusCode(200);
    }

    @Test
    void answers404ForAnUnknownOrganizer() {
        for (String path : List.of("/meetings", "/meetings/history", "/attendees")) {
            ask(administrator(), "/organizers/1" + path)
                    .then()
                    .statusCode(404)
                    .contentType("application/problem+json")
                    .body("code", equalTo("not-found"))
                    .body("detail", matchesPattern(".*organizer.*"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/organizers/x/meetings, organizerKey",
        "/organizers/-1/meetings/history, organizerKey",
        "/organizers/12345678901234567890/attendees, organizerKey",
        "/groups/x/meetings, groupKey",
        "/groups/0/meetings/history, groupKey",
        "/groups/9223372036854775808/attendees, groupKey",
        "/organizers/1/meetings/history?from=x, from",
        "/groups/1/attendees?from=2020-01-01T00:00:00Z&to=x, to",
        "/groups/1/meetings/history?from=2020-01-01T00:00:00Z&cursor=x, cursor",
        "/organizers/1/attendees?from=2020-01-01T00:00:00Z&limit=x, limit",
    })
    void namesTheWrongParameter(String path, String field) {
        refused(asDemo().get("/v1/users/" + freshUser() + path), field);
    }

    @Test
    void deletesASessionAndItsParts() {
        String user = connectedUser(JANE);
        hold(JANE, 3, "2020-01-11T09:00:00Z");

        asDemo().delete(SESSION + "/recordings", user, 1).then().statusCode(204);
        history(user).body("items[0].recording", nullValue()).body("items[0].attendeeCount", equalTo(1));
        asDemo().delete(SESSION + "/attendees", user, 1).then().statusCode(204);
        history(user).body("items[0].attendeeCount", equalTo(0));
        asDemo().delete(SESSION, user, 1).then().statusCode(204);
        history(user).body("items.id", equalTo(List.of("3"))).body("items[0].recording", notNullValue());
    }

    @Test
    void letsAdministratorsDeleteTheSessionsOfOthers() {
        asDemo().queryParam("organizer", SAMS_KEY)
                .delete(SESSION, administrator(), 2)
                .then()
                .statusCode(204);
        history(connectedUser(SAM)).body("items", hasSize(0));
    }

    @Test
    void refusesToDeleteTheSessionsOfOthers() {
        String user = connectedUser(JANE);
        for (String path : List.of(SESSION, SESSION + "/attendees", SESSION + "/recordings")) {
            asDemo().delete(path, user, 2)
                    .then()
                    .statusCode(404)
                    .body("code", equalTo("not-found"))
                    .body("detail", matchesPattern(".*session.*"));
            forbidden(asDemo().queryParam("organizer", SAMS_KEY).delete(path, user, 2));
        }
        history(connectedUser(SAM)).body("items.id", equalTo(List.of("2")));
    }

    @Test
    void refusesAnInvalidSessionId() {
        String user = freshUser();
        for (String path : List.of(SESSION, SESSION + "/attendees", SESSION + "/recordings")) {
            for (String id : List.of("x", "-1", "0", "12345678901234567890")) {
                refused(asDemo().delete(path, user, id), "sessionId");
            }
            refused(asDemo().queryParam("organizer", "x").delete(path, user, 1), "organizer");
        }
    }

    /** Adds a session and its meeting. Both have the same number as their id. */
    private static void hold(String organizer, int number, String start) {
        Sandbox.addSessions(Map.of(
                "organizer",
                organizer,
                "meetingId",
                number,
                "sessionId",
                number,
                "start",
                start,
                "attendees",
                List.of(Map.of("name", "Ada", "email", "")),
                "recorded",
                true));
    }

    private static Response ask(String user, String path) {
        return asDemo().queryParams(RANGE).get("/v1/users/" + user + path);
    }

    private static ValidatableResponse history(String user) {
        return asDemo().queryParams(RANGE)
                .get("/v1/users/{user}/meetings/history", user)
                .then()
                .statusCode(200);
    }

    private static void forbidden(Response answer) {
        answer.then()
                .statusCode(403)
                .contentType("application/problem+json")
                .body("code", equalTo("forbidden-by-goto"))
                .body("gotoStatus", equalTo(403));
    }

    private static void refused(Response answer, String field) {
        answer.then().statusCode(400).body("code", equalTo("invalid-request")).body("field", equalTo(field));
    }
}
