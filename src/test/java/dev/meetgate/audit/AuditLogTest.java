package dev.meetgate.audit;

import static dev.meetgate.Api.connectedUser;
import static dev.meetgate.Api.createdMeeting;
import static dev.meetgate.audit.AuditTest.field;
import static dev.meetgate.audit.AuditTest.lines;
import static dev.meetgate.audit.AuditTest.upkeep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meetgate.Await;
import dev.meetgate.Database;
import dev.meetgate.LogLines;
import dev.meetgate.Sandbox;
import dev.meetgate.caller.RefusedCredentials;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What MeetGate itself writes into the audit, and what the audit writes into the log. */
@QuarkusTest
class AuditLogTest {

    @Inject
    Event<RefusedCredentials> refused;

    @BeforeEach
    void reset() {
        Sandbox.reset();
    }

    @Test
    void logsTheNewestHashOnceADay() {
        createdMeeting(connectedUser());
        String newest = field(lines().get(lines().size() - 1), "hash");
        Database.update("update audit_chain set logged_on = null where tenant = 'demo'");
        try (var log = new LogLines()) {
            upkeep();
            upkeep();
            assertEquals(1, log.with("newest audit entry of the tenant demo").size());
            assertTrue(log.with("newest audit entry of the tenant demo").get(0).contains(newest));
        }
    }

    @Test
    void tellsRefusedCredentialsAndTheSettings() {
        refused.fire(new RefusedCredentials(37));
        Await.until(() -> {
            upkeep();
            return lines().stream()
                    .anyMatch(line -> line.contains(
                            "\"action\":\"credential.refuse\",\"target\":\"37\",\"outcome\":\"refused\""));
        });
        assertEquals(
                1,
                lines().stream()
                        .filter(line -> line.contains("\"settings.load\""))
                        .count());
    }
}
