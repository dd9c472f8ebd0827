package dev.meetgate.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.config.SmallRyeConfig;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

@QuarkusTest
class UnlistedDefaultsTest {

    private static final String DEFAULT = "quarkus.rest-client.connect-timeout";

    @Inject
    SmallRyeConfig config;

    @Test
    void areFound() {
        assertEquals("15000", config.getValue(DEFAULT, String.class));
        assertEquals("1m", config.getValue("meetgate.upkeep-interval", String.class));
    }

    @Test
    void areNotListedWithWhatWasSet() {
        Set<String> names = names();

        assertFalse(names.contains(DEFAULT));
        assertFalse(names.contains("meetgate.upkeep-interval"));
        assertTrue(names.contains("quarkus.oidc-client.grant.type"));
    }

    @Test
    void areListedWhereTheyAreEntriesOfAMap() {
        assertTrue(names().contains("quarkus.log.category.\"io.vertx.core.impl.ContextImpl\".level"));
    }

    private Set<String> names() {
        Set<String> names = new HashSet<>();
        config.getPropertyNames().forEach(names::add);
        return names;
    }
}
