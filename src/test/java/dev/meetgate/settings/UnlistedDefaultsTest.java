package dev.meetgate.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.config.SmallRyeConfig;
import jakarta.inject.Inject;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

@QuarkusTest
class UnlistedDefaultsTest {

    private static final String DEFAULT = "quarkus.rest-client.connect-timeout";

    @Inject
    SmallRyeConfig config;

    @Test
    void findsDefaultsWithoutListingThem() {
        assertEquals("15000", config.getValue(DEFAULT, String.class));
        assertFalse(isListed(DEFAULT));
    }

    @Test
    void listsWhatWasSet() {
        assertTrue(isListed("quarkus.oidc-client.grant.type"));
    }

    @Test
    void listsDefaultsThatAreKeysOfAMap() {
        assertTrue(isListed("quarkus.log.category.\"io.vertx.core.impl.ContextImpl\".level"));
    }

    private boolean isListed(String name) {
        return StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                .anyMatch(name::equals);
    }
}
