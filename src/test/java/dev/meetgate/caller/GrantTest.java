package dev.meetgate.caller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meetgate.problem.Failure;
import io.quarkus.security.StringPermission;
import java.util.List;
import org.junit.jupiter.api.Test;

class GrantTest {

    private final Grant grant = new Grant(
            new Tenant("acme", "Acme", List.of(), null, false, false, new Tenant.Look(null, null, null)),
            List.of("operate", "meetings:read"),
            new Actor(Actor.Kind.KEY, "cron"));

    @Test
    void allowsItsScopes() {
        assertTrue(grant.allows(new StringPermission("operate")).await().indefinitely());
        assertTrue(
                grant.allows(new StringPermission("meetings", "read")).await().indefinitely());
    }

    @Test
    void namesTheScopeThatItLacks() {
        var refused = grant.allows(new StringPermission("meetings", "write")).await();

        assertEquals(
                "meetings:write",
                assertThrows(Failure.Forbidden.class, refused::indefinitely).scope());
    }
}
