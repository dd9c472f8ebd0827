package dev.meetgate.local;

import dev.meetgate.sandbox.SandboxClient;
import dev.meetgate.sandbox.SandboxGoTo;
import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * Settings for dev mode and tests: a sealing key, and the tenants {@code demo}, {@code other} and
 * {@code careful}, whose API keys end in {@code -key}. Where no database or no GoTo client is set, an embedded
 * PostgreSQL or a sandbox is started.
 */
public final class LocalSurroundings implements ConfigSourceFactory {

    public static final String PUBLIC_URL = "http://localhost:8080";

    static final String API_KEY = "demo-key";
    static final String CAREFUL_KEY = "careful-key";
    static final String SANDBOX_URL = "sandbox.url";

    private static final String API_KEY_SHA256 = "c48a01f49fd0f2cc404bc3cbbc80e91457a3d41bb429a695243de4c61794155c";
    private static final String CAREFUL_KEY_SHA256 = "e4492ec21dce2daef2015223d1fe0a76e96d00357a0d1014f1b86cfe752dbbfd";
    private static final String OTHER_KEY_SHA256 = "580843d03d2216ff1a275d0991bad66e4d1af871171d929e9de604b7959f9bca";
    private static final String CLIENT_ID = "sandbox-client";
    private static final int ABOVE_THE_DEFAULTS = 275;

    /** A limit that no test reaches by accident, and no upkeep but that which a test asks for. */
    private static final Map<String, String> UNDISTURBED =
            Map.of("goto.requests-per-second", "10000", "meetgate.upkeep-interval", "60m");

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        if (context.getProfiles().stream().noneMatch(List.of("dev", "test")::contains)) {
            return List.of();
        }
        var settings = tenantsAndKey();
        settings.put("meetgate.tenants.demo.any-loopback-return-url", "true");
        settings.put("meetgate.tenants.careful.any-loopback-return-url", "true");
        if (isOurs(context, "quarkus.datasource.reactive.url", LocalPostgres.URL_START)) {
            settings.putAll(database());
        }
        if (isOurs(context, "goto.client-id", CLIENT_ID)) {
            settings.putAll(sandbox());
        }
        if (context.getProfiles().contains("test")) {
            settings.putAll(UNDISTURBED);
        } else {
            settings.putAll(webhook(settings.get(SANDBOX_URL)));
            settings.put("meetgate.console.open", "true");
        }
        return List.of(new PropertiesConfigSource(settings, "local surroundings", ABOVE_THE_DEFAULTS));
    }

    /** All settings, for a packaged service that a test starts. */
    public static Map<String, String> settings() {
        var settings = tenantsAndKey();
        settings.putAll(database());
        settings.putAll(sandbox());
        settings.putAll(UNDISTURBED);
        return settings;
    }

    private static Map<String, String> tenantsAndKey() {
        var settings = new HashMap<String, String>();
        settings.put("meetgate.public-url", PUBLIC_URL);
        settings.put("meetgate.keys", once("local.keys", () -> "local:" + randomBytes()));
        settings.put("meetgate.tenants.demo.api-key-sha256", API_KEY_SHA256);
        settings.put("meetgate.tenants.demo.display-name", "Demo application");
        settings.put(
                "meetgate.tenants.demo.return-urls",
                PUBLIC_URL + "/,http://127.0.0.1:8080/,https://app.example.com/back?from=meetgate");
        settings.put("meetgate.tenants.careful.api-key-sha256", CAREFUL_KEY_SHA256);
        settings.put("meetgate.tenants.careful.return-urls", "https://app.example.com/back?from=meetgate");
        settings.put("meetgate.tenants.careful.confirm", "true");
        settings.put("meetgate.tenants.other.api-key-sha256", OTHER_KEY_SHA256);
        settings.put("meetgate.tenants.other.default-return-url", "https://other.example.com/back");
        return settings;
    }

    private static Map<String, String> database() {
        return Map.of(
                "quarkus.datasource.reactive.url", LocalPostgres.url(),
                "quarkus.datasource.username", LocalPostgres.USER,
                "quarkus.datasource.password", LocalPostgres.USER);
    }

    private static Map<String, String> sandbox() {
        var client = new SandboxClient(CLIENT_ID, "sandbox-secret", List.of(PUBLIC_URL + "/callback"));
        String url =
                once("local.sandbox", () -> SandboxGoTo.start(client, 0).url().toString());
        return Map.of(
                "goto.client-id",
                client.id(),
                "goto.client-secret",
                client.secret(),
                "goto.authorize-url",
                url + "/oauth/authorize",
                "goto.token-url",
                url + "/oauth/token",
                "goto.revoke-url",
                url + "/oauth/revoke",
                "goto.api-url",
                url,
                "goto.issuer",
                url,
                SANDBOX_URL,
                url);
    }

    /** The sandbox is the receiver. Without it, the tenant demo has no webhook. */
    private static Map<String, String> webhook(@Nullable String sandbox) {
        var settings = new HashMap<String, String>();
        settings.put("meetgate.webhook-private-targets", "true");
        if (sandbox != null) {
            settings.put("meetgate.tenants.demo.webhook-url", sandbox + "/webhook");
            settings.put(
                    "meetgate.tenants.demo.webhook-secret",
                    once("local.webhook-secret", () -> "whsec_" + randomBytes()));
        }
        return settings;
    }

    /**
     * Whether the value is absent or our own. Quarkus returns our own value when it builds the application
     * before it runs.
     */
    private static boolean isOurs(ConfigSourceContext context, String name, String ours) {
        ConfigValue value = context.getValue(name);
        return value == null || value.getValue() == null || value.getValue().startsWith(ours);
    }

    /** Computes a value once in each JVM. A system property keeps it over live reloads. */
    private static synchronized String once(String property, Supplier<String> value) {
        String known = System.getProperty(property);
        if (known == null) {
            known = value.get();
            System.setProperty(property, known);
        }
        return known;
    }

    private static String randomBytes() {
        var bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
