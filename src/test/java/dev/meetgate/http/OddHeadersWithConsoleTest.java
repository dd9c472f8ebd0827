package dev.meetgate.http;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import org.junit.jupiter.api.Tag;

/** JAX-RS reads more headers where a path has two methods, as the console's have. */
@QuarkusTest
@TestProfile(OddHeadersWithConsoleTest.Open.class)
@Tag("thorough")
class OddHeadersWithConsoleTest extends OddHeadersTest {

    public static class Open implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("meetgate.console.open", "true");
        }
    }
}
