package dev.meetgate.settings;

import dev.meetgate.database.DatabaseUrl;
import dev.meetgate.doctor.Deployment;
import dev.meetgate.secret.Sealer;
import io.vertx.core.Future;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.TrustOptions;
import io.vertx.sqlclient.SqlConnection;
import java.net.URI;
import java.util.List;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** The settings of this process, for the doctor. */
final class ThisDeployment implements Deployment {

    private final Settings settings;
    private final List<String> mistakes;
    private final List<String> warnings;
    private final WayOut out;
    private final @Nullable DatabaseUrl database;
    private final @Nullable TrustOptions authorities;

    ThisDeployment(Settings settings, List<String> mistakes) {
        this.settings = settings;
        this.mistakes = mistakes;
        warnings = Warnings.in(settings);
        out = WayOut.of(settings);
        database = database(settings);
        String pem = settings.value("MEETGATE_CA");
        authorities = pem == null || CertificateAuthorities.in(pem).isEmpty()
                ? null
                : CertificateAuthorities.withThoseOfJava(pem).options;
    }

    private static @Nullable DatabaseUrl database(Settings settings) {
        String url = settings.databaseUrl();
        try {
            return url == null ? null : settings.database(url);
        } catch (IllegalArgumentException reportedBySettingsCheck) {
            return null;
        }
    }

    @Override
    public List<String> mistakes() {
        return mistakes;
    }

    @Override
    public List<String> warnings() {
        return warnings;
    }

    /** Several threads ask, so that this does not note which names are known. */
    @Override
    public @Nullable String value(String name) {
        String value = settings.given().get(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    @Override
    public List<String> tenants() {
        return settings.given().keySet().stream()
                .map(Settings.TENANT::matcher)
                .filter(Matcher::matches)
                .map(tenant -> Settings.TENANTS + tenant.group(1))
                .distinct()
                .toList();
    }

    @Override
    public @Nullable DatabaseUrl database() {
        return database;
    }

    @Override
    public @Nullable ProxyOptions proxyTo(String url) {
        URI proxy = out.url();
        return proxy == null || !out.leadsTo(url) ? null : WayOut.options(proxy);
    }

    @Override
    public @Nullable TrustOptions authorities() {
        return authorities;
    }

    @Override
    public Future<List<String>> foreignKeys(SqlConnection connection, Sealer sealer) {
        return KeyCheck.foreign(connection, sealer);
    }
}
