package dev.meetgate.local;

import io.quarkus.logging.Log;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The main class of dev mode. After the start, the last line of the log says which page to open. */
@QuarkusMain
public class DevMode implements QuarkusApplication {

    private final int port;

    DevMode(@ConfigProperty(name = "quarkus.http.port") int port) {
        this.port = port;
    }

    @Override
    public int run(String... arguments) {
        Log.infof("MeetGate in dev mode: open http://localhost:%d/", port);
        Quarkus.waitForExit();
        return 0;
    }
}
