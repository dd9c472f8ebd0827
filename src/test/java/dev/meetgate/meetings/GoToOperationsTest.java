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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Every operation of GoTo can be had: as one of ours, or raw. */
@QuarkusTest
class GoToOperationsTest {

    private static final long SESSION = 4711;

    @BeforeEach
    void reset() {
        Sandbox.reset();
    }

    @ParameterizedTest
    @CsvFileSource(resources = "/goto-operations.csv", numLinesToSkip = 3)
    void offersEveryOperationOfGoTo(
            String goToMethod, String goToPath, boolean deprecated, String method, String path) {
        assertEquals(deprecated, method.equals("raw"));
        String user = Organization.administrator();
        String meetingId = createdMeeting(user);
        Sandbox.hold(Map.of("meetingId", 1, "sessionId", SESSION, "start", "2020-01-01T00:00:00Z"));
        // So that the second place is asked who the user is.
        Sandbox.fault("me", "STATUS", Map.of("status", 403));
        int before = Sandbox.asked().size();

        if (deprecated) {
            // Whatever it answers: the sandbox has none of these.
            send(goToMethod, filled("/v1/users/{user}/goto" + goToPath, user, meetingId));
        } else {
            Response answer = send(method, filled(path, user, meetingId));
            assertTrue(answer.statusCode() < 300, answer::asString);
        }

        String wanted = goToMethod + " " + filled(goToPath, user, meetingId);
        var asked = Sandbox.asked();
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
