package dev.meetgate.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PermissionsTest {

    private static final String ADMINISTRATOR = "if you are an administrator: do the same for your whole organization";

    @ParameterizedTest
    @CsvSource({
        "operate, 1, false, false",
        "meetings:read, 2, false, false",
        "meetings:read meetings:write connections:read, 3, true, false",
        "goto:raw, 3, true, true",
    })
    void saysMoreOfATenantThatMayDoMore(String scopes, int number, boolean changes, boolean organizers) {
        var permissions = Permissions.of(Set.of(scopes.split(" ")));

        assertEquals(number, permissions.size());
        assertEquals(changes, permissions.stream().anyMatch(permission -> permission.startsWith("create, change")));
        assertEquals(organizers, permissions.contains(ADMINISTRATOR + ", and add, change and remove its organizers"));
    }
}
