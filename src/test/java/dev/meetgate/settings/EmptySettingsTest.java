package dev.meetgate.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Variables that Compose cannot fill in. {@link EmptySettingsIT} starts with them. */
class EmptySettingsTest {

    private static final Pattern RESTRICTION = Pattern.compile(Settings.TENANTS + ".+_(SCOPES|EXPIRES|SUBJECTS)");

    static Set<String> names() throws IOException {
        return DocumentedSettings.names();
    }

    @Test
    void readsThePage() throws IOException {
        assertTrue(names().containsAll(DocumentedSettings.REQUIRED.keySet()), names()::toString);
        assertTrue(names().containsAll(Set.of("PORT", "MEETGATE_CONSOLE_CLIENT_SECRET", "GOTO_SCOPES")));
        assertTrue(names().size() > 55, names()::toString);
    }

    @ParameterizedTest
    @MethodSource("names")
    void takesAnEmptyVariableForNoneUnlessItIsRequiredOrRestricts(String name) {
        List<String> mistakes = DocumentedSettings.mistakes(name, "");

        if (RESTRICTION.matcher(name).matches()) {
            assertOneMistake(name + " is empty.", mistakes);
        } else if (DocumentedSettings.REQUIRED.containsKey(name) || name.endsWith("_KEYS_CRON_SHA256")) {
            assertOneMistake(name + " is missing.", mistakes);
        } else {
            assertEquals(List.of(), mistakes);
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void takesAnEmptyNameOfAFileForNoneUnlessItRestricts(String name) {
        assumeTrue(Settings.isOurs(name) && !name.endsWith("_FILE"), "no file can have it");
        List<String> mistakes = DocumentedSettings.mistakes(name + "_FILE", "");

        if (RESTRICTION.matcher(name).matches()) {
            assertOneMistake(name + " is empty.", mistakes);
        } else {
            assertEquals(List.of(), mistakes);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"MEETGATE_TENANTS_B_DISPLAY_NAME", "MEETGATE_TENANTS_B_API_KEY_SHA256"})
    void missesTheKeyOfATenantWhoseVariablesAreAllEmpty(String name) {
        assertOneMistake("MEETGATE_TENANTS_B_API_KEY_SHA256 is missing.", DocumentedSettings.mistakes(name, ""));
    }

    private static void assertOneMistake(String beginning, List<String> mistakes) {
        assertEquals(1, mistakes.size(), mistakes::toString);
        assertTrue(mistakes.get(0).startsWith(beginning), mistakes.get(0));
    }
}
