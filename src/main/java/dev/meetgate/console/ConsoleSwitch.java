package dev.meetgate.console;

import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Answers 404 to all addresses of the console where it is not switched on, whoever asks. */
@Singleton
class ConsoleSwitch {

    /** After the security headers, before authentication. */
    private static final int BEFORE_RESOURCES = -100;

    private final ConsoleConfig config;

    ConsoleSwitch(ConsoleConfig config) {
        this.config = config;
    }

    void routes(@Observes Router router) {
        if (!config.isOn()) {
            router.route("/console").order(BEFORE_RESOURCES).handler(context -> context.fail(404));
            router.route("/console/*").order(BEFORE_RESOURCES).handler(context -> context.fail(404));
        }
    }
}
