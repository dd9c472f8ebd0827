package dev.meetgate.local;

import io.quarkus.logging.Log;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The main class of dev mode. After the start, the last line of the log says which page to open. */
@QuarkusMain
public class DevMode implements QuarkusApplication {

    /** A system property survives a live reload. */
    private static final String SEEDED = "local.seeded";

    private final int port;
    private final Optional<String> sandboxUrl;

    DevMode(
            @ConfigProperty(name = "quarkus.http.port") int port,
            @ConfigProperty(name = LocalSurroundings.SANDBOX_URL) Optional<String> sandboxUrl) {
        this.port = port;
        this.sandboxUrl = sandboxUrl;
    }

    @Override
    public int run(String... arguments) {
        Log.infof("MeetGate in dev mode: open http://localhost:%d/", port);
        if (sandboxUrl.isPresent() && System.getProperty(SEEDED) == null) {
            System.setProperty(SEEDED, "true");
            var gardener = new Thread(() -> seed(sandboxUrl.get()), "seeded life");
            gardener.setDaemon(true);
            gardener.start();
        }
        Quarkus.waitForExit();
        return 0;
    }

    /** Beside the service, so that nobody waits for it. */
    private void seed(String sandbox) {
        try {
            var life = new SeededLife("http://localhost:" + port, sandbox);
            if (life.isNeeded()) {
                life.plant();
            }
        } catch (IOException e) {
            Log.infof("Dev mode starts without seeded life: %s", e.getMessage());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
