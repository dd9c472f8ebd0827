package dev.meetgate.packaged;

import dev.meetgate.local.LocalSurroundings;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** Starts PostgreSQL and the sandbox in this JVM and gives the packaged service their settings. */
public class PackagedSurroundings implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        return LocalSurroundings.settings();
    }

    @Override
    public void stop() {
        // Both end with the JVM.
    }
}
