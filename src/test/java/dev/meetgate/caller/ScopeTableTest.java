package dev.meetgate.caller;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.meetgate.docs.Codes;
import java.io.IOException;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ScopeTableTest {

    @Test
    void settingsListAllScopes() throws IOException {
        assertEquals(new TreeSet<>(Scopes.ALL), new TreeSet<>(Codes.in("settings.md", "| Scope | Allows |")));
    }
}
