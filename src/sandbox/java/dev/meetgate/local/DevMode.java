package dev.meetgate.local;

import io.quarkus.logging.Log;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.quarkus.vertx.http.HttpServer;

/** The main class of dev mode. After the start, the last line of the log says which page to open. */
@QuarkusMain
public class DevMode implements QuarkusApplication {

    private final HttpServer server;

    DevMode(HttpServer server) {
        this.server = server;
    }

    @Override
    public int run(String... arguments) {
        Log.infof("MeetGate in dev mode: open http://localhost:%d/", server.getPort());
        Quarkus.waitForExit();
        return 0;
    }
}
