package dev.meetgate.settings;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import java.util.List;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** Adds the values that {@link Settings} derives to the configuration of Quarkus. */
public final class SettingsSource implements ConfigSourceFactory {

    private static final int WITH_THE_ENVIRONMENT = 301;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        var settings = Settings.ofThisProcess();
        return List.of(
                new EnvConfigSource(settings.derived(), WITH_THE_ENVIRONMENT),
                new PropertiesConfigSource(settings.tenants(), "tenants of the environment", WITH_THE_ENVIRONMENT));
    }
}
