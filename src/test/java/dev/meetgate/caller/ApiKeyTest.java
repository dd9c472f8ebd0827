package dev.meetgate.caller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meetgate.problem.Failure;
import io.quarkus.security.StringPermission;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ApiKeyTest {

    private final ApiKey key = new ApiKey(
            new Tenant("acme", "Acme", List.of(), null, false),
            "cron",
            "00".repeat(32),
            List.of("operate", "meetings:read"),
            Instant.MAX);

    @Test
    void allowsItsScopes() {
        assertTrue(key.allows(new StringPermission("operate")).await().indefinitely());
        assertTrue(key.allows(new StringPermission("meetings", "read")).await().indefinitely());
    }

    @Test
    void namesTheScopeThatItLacks() {
        var refused = key.allows(new StringPermission("meetings", "write")).await();

        assertEquals(
                "meetings:write",
                assertThrows(Failure.Forbidden.class, refused::indefinitely).scope());
    }
}
