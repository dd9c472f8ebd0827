package dev.meetgate.settings;

import io.smallrye.config.ConfigSourceContext;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * What holds for variables without a value, such as those that Compose cannot fill in. Quarkus fails with an
 * empty number, flag or time instead of taking the default.
 */
final class Defaults {

    private static final int OF_THE_ENVIRONMENT = 300;

    private Defaults() {}

    /** By the names of properties, with their expressions. */
    static Map<String, String> ofEmpty(Settings settings, ConfigSourceContext context) {
        Set<String> variables = emptyOf(settings.given());
        Set<String> ofTenants = emptyOf(settings.tenants());
        var defaults = new TreeMap<String, String>();
        if (!variables.isEmpty()) {
            context.getConfigSources().stream()
                    .filter(source -> source.getOrdinal() < OF_THE_ENVIRONMENT)
                    .sorted(Comparator.comparingInt(ConfigSource::getOrdinal))
                    .forEach(source -> {
                        // The list has patterns in place of the names of tenants.
                        ofTenants.forEach(name -> put(defaults, name, source));
                        source.getPropertyNames().stream()
                                .filter(name -> variables.contains(Settings.variable(name)))
                                .forEach(name -> put(defaults, name, source));
                    });
        }
        return defaults;
    }

    private static Set<String> emptyOf(Map<String, String> values) {
        return values.entrySet().stream()
                .filter(value -> value.getValue().isBlank())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static void put(Map<String, String> defaults, String name, ConfigSource source) {
        String value = source.getValue(name);
        if (value != null) {
            defaults.put(name, value);
        }
    }
}
