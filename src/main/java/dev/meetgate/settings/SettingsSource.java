package dev.meetgate.settings;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** Tells Quarkus what {@link Settings} derives from the environment, and what follows from the machine. */
public final class SettingsSource implements ConfigSourceFactory {

    private static final int WITH_THE_ENVIRONMENT = 301;
    private static final int WITH_APPLICATION_PROPERTIES = 250;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        var settings = Settings.ofThisProcess();
        return List.of(
                new EnvConfigSource(settings.derived(), WITH_THE_ENVIRONMENT),
                new PropertiesConfigSource(settings.tenants(), "tenants of the environment", WITH_THE_ENVIRONMENT),
                new PropertiesConfigSource(machine(), "machine", WITH_APPLICATION_PROPERTIES));
    }

    /** Nothing keeps an event loop waiting, so two of them at one processor, as Vert.x would have it, only take turns. */
    private static Map<String, String> machine() {
        return Map.of(
                "quarkus.vertx.event-loops-pool-size",
                String.valueOf(Runtime.getRuntime().availableProcessors()));
    }
}
