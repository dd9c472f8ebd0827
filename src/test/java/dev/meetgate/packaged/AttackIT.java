package dev.meetgate.packaged;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.meetgate.Database;
import dev.meetgate.Sandbox;
import dev.meetgate.attack.Attack;
import dev.meetgate.attack.Check;
import dev.meetgate.attack.NotAsked;
import dev.meetgate.attack.Options;
import dev.meetgate.attack.Target;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** All checks of {@link Attack}, on a replica of its own with a database of its own. */
@Tag("thorough")
class AttackIT {

    private static final String KEY = "key-of-the-attacked-tenant";
    private static final String OTHER_KEY = "key-of-the-other-tenant";
    private static final String RETURN_URL = "https://app.example.com/back?from=meetgate";

    private static Replica replica;
    private static Target target;

    @BeforeAll
    static void start() throws Exception {
        Map<String, String> settings = Replica.surroundings();
        settings.keySet().removeIf(name -> name.startsWith("MEETGATE_TENANTS_"));
        settings.put("QUARKUS_DATASOURCE_REACTIVE_URL", Database.create("attack"));
        settings.put(
                "MEETGATE_TENANTS_ATTACKED_API_KEY_SHA256",
                "cddd9f9ce1f592e90f34cb1b0628bb87f1a24fe4f3d17aa45e5734c9849306e3");
        settings.put("MEETGATE_TENANTS_ATTACKED_RETURN_URLS", RETURN_URL);
        settings.put(
                "MEETGATE_TENANTS_OTHER_API_KEY_SHA256",
                "fe106002b87a1c94f340573597d9c99c89f1778d405aed0bc82875ee4fd77414");
        Sandbox.reset();
        replica = Replica.start(settings);
        target = new Target(new Options(
                URI.create("http://localhost:" + replica.port()),
                KEY,
                OTHER_KEY,
                RETURN_URL,
                URI.create(Sandbox.url()),
                URI.create("http://localhost:" + replica.managementPort()),
                replica.process().pid(),
                1000));
    }

    @AfterAll
    static void stop() {
        replica.close();
    }

    @TestFactory
    Stream<DynamicTest> attacks() {
        return Attack.checks().stream().map(check -> dynamicTest(check.name(), () -> attack(check)));
    }

    private static void attack(Check check) throws IOException {
        try {
            check.attempt().on(target);
        } catch (NotAsked missing) {
            fail(missing);
        }
    }
}
