package dev.meetgate.packaged;

import dev.meetgate.local.LocalSurroundings;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** Gives the packaged service, which brings none, the surroundings of this JVM. */
public class PackagedSurroundings implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        return LocalSurroundings.settings();
    }

    @Override
    public void stop() {
        // They end with the JVM.
    }
}
