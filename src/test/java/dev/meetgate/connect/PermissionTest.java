package dev.meetgate.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PermissionTest {

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
}
