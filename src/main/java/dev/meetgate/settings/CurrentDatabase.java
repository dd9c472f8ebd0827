package dev.meetgate.settings;

import dev.meetgate.database.DatabaseAddress;
import dev.meetgate.database.DatabaseUrl;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/** The database of the environment, or of Quarkus' configuration where tests and dev mode set it there. */
@Singleton
class CurrentDatabase implements DatabaseAddress {

    private final Config config;

    CurrentDatabase(Config config) {
        this.config = config;
    }

    @Override
    public DatabaseUrl now() {
        var settings = Settings.ofThisProcess();
        String url = settings.databaseUrl();
        return url == null
                ? DatabaseUrl.parse(config.getValue("quarkus.datasource.reactive.url", String.class))
                        .as(text("quarkus.datasource.username"), text("quarkus.datasource.password"))
                : settings.database(url);
    }

    private @Nullable String text(String name) {
        return config.getOptionalValue(name, String.class).orElse(null);
    }
}
