package dev.meetgate.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Quarkus reads is what the environment says. */
class SettingsSourceTest {

    /** Where Quarkus would fail with a value that is empty. */
    @Test
    void readsTheDefaultOfAnEmptyVariable(@TempDir Path folder) throws IOException {
        Map<String, String> variables = Map.of(
                "QUARKUS_LOG_LEVEL", "INFO ",
                "MEETGATE_AUDIT_READS", " ",
                "GOTO_TOKEN_URL", "",
                "MEETGATE_AUDIT_KEEP_FILE",
                        Files.writeString(folder.resolve("keep"), "\n").toString(),
                "MEETGATE_TENANTS_BIG_CORP_CONFIRM", "",
                "MEETGATE_TENANTS_BIG_CORP_AUDIENCE", "api",
                "HTTPS_PROXY", "http://proxy:3128");
        Settings settings = Settings.of(variables);
        var config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(new EnvConfigSource(variables, 300))
                .withSources((ConfigSourceFactory) context -> SettingsSource.of(settings, context))
                .withDefaultValue("meetgate.audit-reads", "false")
                .withDefaultValue("meetgate.audit-keep", "400d")
                .withDefaultValue("goto.token-url", "https://authentication.logmeininc.com/oauth/token")
                .withDefaultValue("goto.copy", "${goto.token-url}")
                .withDefaultValue("meetgate.tenants.*.confirm", "false")
                .withDefaultValue("meetgate.tenants.*.audience", "meetgate")
                .build();

        assertEquals("INFO", config.getValue("quarkus.log.level", String.class));
        assertEquals(false, config.getValue("meetgate.audit-reads", Boolean.class));
        assertEquals("400d", config.getValue("meetgate.audit-keep", String.class));
        assertEquals("https://authentication.logmeininc.com/oauth/token", config.getValue("goto.copy", String.class));
        assertEquals(false, config.getValue("meetgate.tenants.big-corp.confirm", Boolean.class));
        assertEquals("api", config.getValue("meetgate.tenants.big-corp.audience", String.class));
        assertEquals("goto", config.getValue("quarkus.oidc-client.proxy.proxy-configuration-name", String.class));
    }

    @Test
    void readsTheDefaultsOfEmptyPorts() throws IOException {
        Map<String, String> variables = Map.of("PORT", "", "QUARKUS_MANAGEMENT_PORT", " ");
        Path defaults = Path.of("src/main/resources/application.properties");
        var config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(new EnvConfigSource(variables, 300))
                .withSources(new PropertiesConfigSource(defaults.toUri().toURL()))
                .withSources((ConfigSourceFactory) context -> SettingsSource.of(Settings.of(variables), context))
                .build();

        assertEquals(8080, config.getValue("quarkus.http.port", Integer.class));
        assertEquals(9000, config.getValue("quarkus.management.port", Integer.class));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a$$b",
                "a${HOME}b",
                "a${NO_SUCH}",
                "a\\$b",
                "a\\\\$$",
                "\\",
                "$",
                "a,b\\,c",
                "'\"",
                " a b\t",
                "${a::b}",
                "é"
            })
    void handsEveryByteOn(String secret) {
        Map<String, String> variables = Map.of(
                "GOTO_CLIENT_SECRET", secret,
                "DATABASE_URL", "postgresql://me@db/meetgate",
                "QUARKUS_DATASOURCE_PASSWORD", secret,
                "MEETGATE_TENANTS_ACME_DISPLAY_NAME", secret);
        var config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(new EnvConfigSource(variables, 300))
                .withSources(SettingsSource.of(Settings.of(variables)))
                .withDefaultValue("copy", "${goto.client-secret}")
                .build();

        for (String name : new String[] {
            "goto.client-secret", "quarkus.datasource.password", "meetgate.tenants.acme.display-name", "copy"
        }) {
            assertEquals(secret, config.getValue(name, String.class), name);
        }
    }
}
