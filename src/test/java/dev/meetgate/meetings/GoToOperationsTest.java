package dev.meetgate.meetings;

import static dev.meetgate.Api.asDemo;
import static dev.meetgate.Api.createdMeeting;
import static dev.meetgate.Api.planning;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meetgate.Sandbox;
import dev.meetgate.history.Organization;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** MeetGate offers every operation of GoTo's API: with an operation of its own or with a raw call. */
@QuarkusTest
class GoToOperationsTest {

    private static final long SESSION = 4711;

    @BeforeEach
    void reset() {
        Sandbox.reset();
    }

    @ParameterizedTest
    @CsvFileSource(resources = "/goto-operations.csv", numLinesToSkip = 3)
    @Tag("thorough")
    void offersEveryOperationOfGoTo(
            String goToMethod, String goToPath, boolean deprecated, String method, String path) {
        assertEquals(deprecated, method.equals("raw"));
        String user = Organization.administrator();
        String meetingId = createdMeeting(user);
        Sandbox.addSessions(Map.of("meetingId", 1, "sessionId", SESSION, "start", "2020-01-01T00:00:00Z"));
        // The first endpoint for the account fails, so that MeetGate asks the second one.
        Sandbox.fault("me", "STATUS", Map.of("status", 403));
        int before = Sandbox.requestLines().size();

        if (deprecated) {
            // The sandbox does not have deprecated operations, so the answer does not matter.
            send(goToMethod, filled("/v1/users/{user}/goto" + goToPath, user, meetingId));
        } else {
            Response answer = send(method, filled(path, user, meetingId));
            assertTrue(answer.statusCode() < 300, answer::asString);
        }

        String wanted = goToMethod + " " + filled(goToPath, user, meetingId);
        var asked = Sandbox.requestLines();
        assertTrue(asked.subList(before, asked.size()).contains(wanted), wanted);
    }

    private Response send(String method, String path) {
        RequestSpecification call = asDemo().urlEncodingEnabled(false);
        boolean hasBody = method.equals("PUT") || method.equals("PATCH") || path.endsWith("/meetings");
        return (hasBody && !method.equals("GET") ? call.body(planning()) : call).request(method, path);
    }

    private static String filled(String template, String user, String meetingId) {
        return template.replace("{user}", user)
                .replace("{meetingId}", meetingId)
                .replace("{sessionId}", Long.toString(SESSION))
                .replace("{organizerKey}", Organization.JANES_KEY)
                .replace("{groupKey}", Organization.GROUP_KEY)
                .replace(
                        "{from}",
                        Instant.now()
                                .minusSeconds(3600)
                                .truncatedTo(ChronoUnit.SECONDS)
                                .toString());
    }
}
