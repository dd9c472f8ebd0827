package dev.meetgate.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.meetgate.caller.Scopes;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PermissionTest {

    /** What they allow is about MeetGate, and not about what is in the GoTo account. */
    private static final Set<String> NOT_TOLD =
            Set.of("connections:read", "connections:write", "events:read", "audit:read", "audit:erase", "operate");

    @ParameterizedTest
    @CsvSource({
        "operate, PROFILE",
        "meetings:read, PROFILE SEE ADMINISTER",
        "meetings:write, PROFILE MANAGE ADMINISTER",
        "meetings:read meetings:write connections:read, PROFILE BOTH ADMINISTER",
        "goto:raw, PROFILE BOTH ORGANIZERS",
    })
    void saysMoreOfATenantThatMayDoMore(String scopes, String permissions) {
        assertEquals(
                permissions,
                Permission.of(Set.of(scopes.split(" "))).stream()
                        .map(Enum::name)
                        .collect(Collectors.joining(" ")));
    }

    @Test
    void tellsPeopleOfEachOtherScope() {
        Set<String> untold = Scopes.ALL.stream()
                .filter(scope -> Permission.of(Set.of(scope)).equals(List.of(Permission.PROFILE)))
                .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(new TreeSet<>(NOT_TOLD), untold);
    }
}
