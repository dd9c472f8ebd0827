package dev.meetgate.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Quarkus reads is what the environment says. */
class SettingsSourceTest {

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
