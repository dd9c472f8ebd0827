package dev.meetgate.attack;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What to attack, and with what. Each option is a system property, such as {@code -Dtarget=…}, or an environment variable, such as
 * {@code ATTACK_TARGET}.
 *
 * @param target the base URL of MeetGate
 * @param key an API key of a tenant
 * @param otherKey an API key of another tenant
 * @param returnUrl one of the first tenant's return URLs
 * @param sandbox the base URL of the sandbox that plays GoTo for the target
 * @param management the base URL of the target's management port
 * @param pid the target's process on this machine, to measure its memory
 * @param connections how many idle connections to hold
 */
public record Options(
        URI target,
        @Nullable String key,
        @Nullable String otherKey,
        @Nullable String returnUrl,
        @Nullable URI sandbox,
        @Nullable URI management,
        @Nullable Long pid,
        int connections) {

    private static final String CONNECTIONS = "1000";

    static Options ofThisProcess() {
        String target = option("target");
        if (target == null) {
            throw new IllegalArgumentException("-Dtarget=… is missing: the base URL of MeetGate");
        }
        String pid = option("pid");
        String connections = option("connections");
        return new Options(
                URI.create(target),
                option("key"),
                option("otherKey"),
                option("returnUrl"),
                uri("sandbox"),
                uri("management"),
                pid == null ? null : Long.valueOf(pid),
                Integer.parseInt(connections == null ? CONNECTIONS : connections));
    }

    private static @Nullable URI uri(String name) {
        String value = option(name);
        return value == null ? null : URI.create(value);
    }

    private static @Nullable String option(String name) {
        String variable = "ATTACK_" + name.replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT);
        String value = System.getProperty(name, System.getenv(variable));
        return value == null || value.isBlank() ? null : value.strip();
    }
}
