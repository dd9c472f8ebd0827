package dev.meetgate.settings;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** Adds the values that {@link Settings} derives to the configuration of Quarkus, each as it is. */
public final class SettingsSource implements ConfigSourceFactory {

    private static final String WEBHOOK_URL = ".webhook-url";
    private static final int WITH_THE_ENVIRONMENT = 301;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        return of(Settings.ofThisProcess(), context);
    }

    static List<ConfigSource> of(Settings settings, ConfigSourceContext context) {
        var sources = new ArrayList<>(of(settings));
        Map<String, String> defaults = Defaults.ofEmpty(settings, context);
        sources.add(new PropertiesConfigSource(defaults, "defaults of empty variables", WITH_THE_ENVIRONMENT));
        var out = WayOut.of(settings);
        Map<String, String> wayOut =
                out.properties(url("goto.token-url", defaults, context), url("goto.api-url", defaults, context));
        settings.issuers().forEach((tenant, url) -> {
            if (out.leadsTo(url)) {
                wayOut.put("meetgate.tenants.%s.issuer-by-proxy".formatted(tenant), "true");
            }
        });
        String console = settings.value("MEETGATE_CONSOLE_ISSUER");
        if (console != null && out.leadsTo(console)) {
            wayOut.put("meetgate.console.issuer-by-proxy", "true");
        }
        if (settings.value("MEETGATE_CA") != null) {
            wayOut.put("quarkus.oidc-client.tls.tls-configuration-name", WayOut.NAME);
        }
        settings.tenants().forEach((name, value) -> {
            if (name.endsWith(WEBHOOK_URL) && out.leadsTo(value.strip())) {
                wayOut.put(name.replaceFirst(WEBHOOK_URL + "$", ".webhook-through-proxy"), "true");
            }
        });
        sources.add(new PropertiesConfigSource(literal(wayOut), "way out", WITH_THE_ENVIRONMENT));
        return sources;
    }

    private static String url(String name, Map<String, String> defaults, ConfigSourceContext context) {
        ConfigValue value = context.getValue(name);
        String url = value == null || value.getValue() == null ? "" : value.getValue();
        return defaults.getOrDefault(name, url).strip();
    }

    static List<ConfigSource> of(Settings settings) {
        return List.of(
                new EnvConfigSource(literal(settings.derived()), WITH_THE_ENVIRONMENT),
                new PropertiesConfigSource(
                        literal(settings.tenants()), "tenants of the environment", WITH_THE_ENVIRONMENT));
    }

    /**
     * The values that are not empty. Expressions such as {@code ${HOME}} are escaped. A doubled dollar would
     * fail after a backslash.
     */
    private static Map<String, String> literal(Map<String, String> values) {
        var escaped = new TreeMap<>(values);
        escaped.values().removeIf(String::isBlank);
        escaped.replaceAll((name, value) -> value.replace("$", "\\$"));
        return escaped;
    }
}
