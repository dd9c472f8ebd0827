package dev.meetgate.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.meetgate.local.LocalSurroundings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsCheckTest {

    private static final String HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    private final Map<String, String> settings = new HashMap<>(Map.of(
            "GOTO_CLIENT_ID", "client",
            "GOTO_CLIENT_SECRET", "secret",
            "MEETGATE_PUBLIC_URL", "https://meetgate.example.com",
            "MEETGATE_KEYS", "k1:nCUeGrRwxfHkZS0gXXlTNkfLCpZRLZpTAoFtCQwTSk4=",
            "MEETGATE_TENANTS_ACME_API_KEY_SHA256", HASH,
            "QUARKUS_DATASOURCE_REACTIVE_URL", "postgresql://localhost:5432/meetgate"));

    @Test
    void acceptsGoodSettings() {
        settings.put("MEETGATE_TENANTS_ACME_RETURN_URLS", "https://app.example.com/back?x=1, http://localhost:3000/");
        settings.put("PORT", "8081");
        settings.put("MEETGATE_EVENTS_KEEP", "1h");
        settings.put("MEETGATE_AUDIT_KEEP", "P1DT12H");

        assertEquals(List.of(), mistakes());
    }

    @Test
    void reportsAllMissingSettingsAtOnce() {
        settings.clear();

        List<String> mistakes = mistakes();
        for (String name : List.of(
                "GOTO_CLIENT_ID",
                "GOTO_CLIENT_SECRET",
                "MEETGATE_PUBLIC_URL",
                "MEETGATE_KEYS",
                "MEETGATE_TENANTS_<NAME>_API_KEY_SHA256",
                "DATABASE_URL")) {
            assertTrue(mistakes.stream().anyMatch(mistake -> mistake.startsWith(name + " is missing")), name);
        }
        assertEquals(6, mistakes.size());
    }

    @Test
    void wantsAllOrNothingOfTheConsole() {
        settings.put("MEETGATE_CONSOLE_ROLE", "operators");
        assertEquals(
                List.of("MEETGATE_CONSOLE_ISSUER is missing. Set it to the issuer of the OpenID provider to which"
                        + " MEETGATE_CONSOLE_ROLE belongs."),
                mistakes());

        settings.put("MEETGATE_CONSOLE_ISSUER", "http://id.example.com");
        settings.put("MEETGATE_CONSOLE_CLIENT_SECRET", "canary");
        List<String> mistakes = mistakes();
        assertEquals(2, mistakes.size());
        assertTrue(mistakes.get(0).startsWith("MEETGATE_CONSOLE_ISSUER is wrong. Set it to the https URL"));
        assertTrue(mistakes.get(1).startsWith("MEETGATE_CONSOLE_CLIENT_ID is missing. Set it to the id"));

        settings.put("MEETGATE_CONSOLE_ISSUER", "https://id.example.com/realms/company");
        settings.put("MEETGATE_CONSOLE_CLIENT_ID", "meetgate");
        assertEquals(List.of(), mistakes());

        settings.put("MEETGATE_CONSOLE_OPEN", "true");
        assertTrue(mistakes().get(0).startsWith("MEETGATE_CONSOLE_OPEN is unknown."));
    }

    /** A list without an element would restrict nothing. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "MEETGATE_TENANTS_ACME_SUBJECTS",
                "MEETGATE_TENANTS_ACME_API_KEY_SHA256",
                "MEETGATE_TENANTS_ACME_CERT_SHA256",
                "MEETGATE_TENANTS_ACME_LOGO_FILE",
                "MEETGATE_TRUSTED_PROXIES",
                "MEETGATE_SCHEMA",
                "GOTO_SCOPES",
                "QUARKUS_HTTP_SSL_CERTIFICATE_FILES",
            })
    void wantsMoreThanCommasAndSpaces(String name) {
        for (String value : List.of(",", ",,", " ", " , ")) {
            settings.put(name, value);
            List<String> mistakes = mistakes();
            assertTrue(mistakes.stream().anyMatch(mistake -> mistake.startsWith(name + " ")), mistakes::toString);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "MEETGATE_PUBLIC_URL, http://meetgate.example.com",
        "MEETGATE_PUBLIC_URL, https://meetgate.example.com/path",
        "MEETGATE_PUBLIC_URL, meetgate",
        "GOTO_TOKEN_URL, http://goto.example.com/token",
        "GOTO_API_URL, https://user@goto.example.com",
        "MEETGATE_KEYS, k1:short",
        "MEETGATE_TENANTS_ACME_API_KEY_SHA256, abc",
        "MEETGATE_TENANTS_ACME_CONFIRM, yes",
        "MEETGATE_TENANTS_ACME_LOGO_FILE, /no/such/file",
        "MEETGATE_TENANTS_ACME_LOGO_FILE, pom.xml",
        "MEETGATE_TENANTS_ACME_COLOR, green",
        "MEETGATE_TENANTS_ACME_COLOR, '#0b6157; } body { display: none'",
        "MEETGATE_TENANTS_ACME_PRIVACY_URL, javascript:alert(1)",
        "MEETGATE_TENANTS_ACME_RETURN_URLS, javascript:alert(1)",
        "MEETGATE_TENANTS_ACME_RETURN_URLS, https://app.example.com/#fragment",
        "MEETGATE_TENANTS_ACME_DEFAULT_RETURN_URL, http://app.example.com/",
        "MEETGATE_WEBHOOK_PRIVATE_TARGETS, yes",
        "MEETGATE_EVENTS_KEEP, 30",
        "MEETGATE_EVENTS_KEEP, 400d",
        "MEETGATE_EVENTS_KEEP, 59m",
        "MEETGATE_EVENTS_KEEP, P366D",
        "MEETGATE_AUDIT_KEEP, 0d",
        "MEETGATE_AUDIT_KEEP, PT1H30",
        "MEETGATE_TENANTS_ACME_DEFAULT_RETURN_URL, 'https://app.example.com/,https://other.example.com/'",
        "QUARKUS_DATASOURCE_REACTIVE_URL, mysql://localhost/meetgate",
        "QUARKUS_DATASOURCE_REACTIVE_URL, postgresql://localhost/meetgate?sslmode=on",
        "PORT, 99999",
        "QUARKUS_MANAGEMENT_PORT, 8080",
        "QUARKUS_LOG_LEVEL, LOUD",
        "QUARKUS_SHUTDOWN_DELAY, soon",
        "QUARKUS_SHUTDOWN_DELAY, 999999999999d",
        "QUARKUS_HTTP_IDLE_TIMEOUT, 25d",
        "QUARKUS_DATASOURCE_REACTIVE_MAX_SIZE, 0",
        "QUARKUS_DATASOURCE_REACTIVE_IDLE_TIMEOUT, two minutes",
        "QUARKUS_DATASOURCE_REACTIVE_MAX_LIFETIME, PT-5S",
        "MEETGATE_MIGRATE, yes",
        "MEETGATE_SCHEMA, Acme",
        "MEETGATE_SCHEMA, pg_acme",
        "GOTO_SCOPES, collab:\"",
        "GOTO_REQUESTS_PER_SECOND, 0",
        "GOTO_REQUESTS_PER_SECOND, 100001",
        "GOTO_REQUESTS_PER_SECOND, 7.5",
        "MEETGATE_REQUEST_TIMEOUT, 0",
        "MEETGATE_REQUEST_TIMEOUT, 301",
        "MEETGATE_RATE_LIMIT_HEADERS, on",
        "MEETGATE_TENANTS_ACME_KEYS_CRON_SCOPES, operate everything",
        "MEETGATE_TENANTS_ACME_KEYS_CRON_EXPIRES, tomorrow",
        "MEETGATE_TENANTS_ACME_ISSUER, http://id.example.com",
        "MEETGATE_TENANTS_ACME_CERT_SHA256, AB:CD:EF",
        "MEETGATE_TRUSTED_PROXIES, nginx",
        "MEETGATE_TRUSTED_PROXIES, 10.0.0.0/33",
        "MEETGATE_TRUSTED_PROXIES, '10.0.0.1,'",
        "HTTPS_PROXY, https://proxy.example.com:3128",
        "HTTPS_PROXY, socks5://proxy.example.com",
        "HTTPS_PROXY, http://proxy.example.com:70000",
        "HTTPS_PROXY, proxy.example.com:0",
        "HTTPS_PROXY, http://me:p#ss@proxy.example.com",
        "MEETGATE_CA, no certificate",
        "MEETGATE_LOG_FORMAT, yaml",
        "MEETGATE_TENANTS_ACME_API_KEY_SHA256, c48a01f49fd0f2cc404bc3cbbc80e91457a3d41bb429a695243de4c61794155c",
        "MEETGATE_TENANTS_ACME_API_KEY_SHA256, e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    })
    void namesTheWrongSetting(String name, String value) {
        settings.put("MEETGATE_TENANTS_ACME_KEYS_CRON_SHA256", HASH.replace('c', 'd'));
        settings.put(name, value);

        List<String> mistakes = mistakes();
        assertEquals(1, mistakes.size());
        assertTrue(mistakes.get(0).startsWith(name + " is wrong"), mistakes.get(0));
    }

    @ParameterizedTest
    @CsvSource({
        "QUARKUS_LOG_LEVEL, warn",
        "QUARKUS_LOG_LEVEL, FINEST",
        "QUARKUS_SHUTDOWN_DELAY, 10",
        "QUARKUS_HTTP_IDLE_TIMEOUT, 0",
        "QUARKUS_HTTP_IDLE_TIMEOUT, 500ms",
        "QUARKUS_DATASOURCE_REACTIVE_IDLE_TIMEOUT, 30d",
        "QUARKUS_DATASOURCE_REACTIVE_MAX_LIFETIME, PT1H30M",
        "MEETGATE_AUDIT_KEEP, 1h30m",
        "HTTPS_PROXY, proxy",
        "HTTPS_PROXY, proxy.example.com:3128",
    })
    void takesWhatQuarkusTakes(String name, String value) {
        settings.put(name, value);

        assertEquals(List.of(), mistakes());
    }

    /** Vert.x would let API and metrics take turns at the connections. */
    @ParameterizedTest
    @CsvSource({
        "'', '', '', ''",
        "'', '', 9000, is missing",
        "'', 9000, 8080, is missing",
        "9000, '', 9000, is wrong",
        "8081, 8081, '', is wrong",
        "0, '', 0, ''",
        "8081, '', 8080, ''",
    })
    void wantsPortsOfTheirOwn(String management, String http, String port, String mistake) {
        settings.putAll(Map.of("QUARKUS_MANAGEMENT_PORT", management, "QUARKUS_HTTP_PORT", http, "PORT", port));

        List<String> mistakes = mistakes();
        assertEquals(mistake.isEmpty() ? 0 : 1, mistakes.size(), mistakes.toString());
        assertTrue(
                mistakes.stream().allMatch(told -> told.startsWith("QUARKUS_MANAGEMENT_PORT " + mistake)),
                mistakes::toString);
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP_SSL_CERTIFICATE_FILES, 8443, '', 8080, enabled, QUARKUS_MANAGEMENT_PORT is wrong",
        "HTTP_SSL_CERTIFICATE_FILES, 9000, 9001, 9001, redirect, QUARKUS_HTTP_SSL_PORT is wrong",
        "HTTP_SSL_CERTIFICATE_FILES, 9000, '', 8443, enabled, QUARKUS_HTTP_SSL_PORT is missing",
        "HTTP_TLS_CONFIGURATION_NAME, 9000, '', 8443, enabled, QUARKUS_HTTP_SSL_PORT is missing",
        "HTTP_SSL_CERTIFICATE_FILES, 9000, 0, 0, enabled, ''",
        "HTTP_SSL_CERTIFICATE_FILES, 8080, '', 8080, disabled, ''",
        "HTTP_SSL_CERTIFICATE_FILES, 9000, 9001, 9001, DISABLED, ''",
        "TLS_TRUST_STORE_PEM_CERTS, 9000, 9001, 9001, enabled, ''",
    })
    void wantsAPortOfItsOwnForHttps(
            String certificate, String management, String https, String http, String insecure, String mistake) {
        settings.putAll(Map.of(
                "QUARKUS_" + certificate,
                "c.pem",
                "QUARKUS_MANAGEMENT_PORT",
                management,
                "QUARKUS_HTTP_SSL_PORT",
                https,
                "PORT",
                http,
                "QUARKUS_HTTP_INSECURE_REQUESTS",
                insecure));

        List<String> mistakes = mistakes();
        assertEquals(mistake.isEmpty() ? 0 : 1, mistakes.size(), mistakes.toString());
        assertTrue(mistakes.stream().allMatch(told -> told.startsWith(mistake)), mistakes::toString);
    }

    @Test
    void takesOnePortOfTwoAddresses() {
        settings.putAll(Map.of("QUARKUS_MANAGEMENT_PORT", "8080", "QUARKUS_MANAGEMENT_HOST", "127.0.0.2"));

        assertEquals(List.of(), mistakes());
    }

    @ParameterizedTest
    @CsvSource({
        "http://app.example.com/events, whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwAAECAwQFBgc=, URL is wrong",
        "http://localhost/events, whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwAAECAwQFBgc=, URL is wrong",
        "https://me:hunter2@app.example.com/events, whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw, URL is wrong",
        "https://app.example.com/events, , SECRET is missing",
        ", whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwAAECAwQFBgc=, SECRET is set without",
        "https://app.example.com/events, MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwAAECAwQFBgc=, SECRET is wrong",
        "https://app.example.com/events, whsec_c2hvcnQ=, SECRET is wrong",
        "https://app.example.com/events, 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw,whsec_c2hvcnQ=', SECRET is wrong",
        "https://app.example.com/events, 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw, whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSx',",
    })
    void checksAWebhook(@Nullable String url, @Nullable String secret, @Nullable String mistake) {
        settings.put("MEETGATE_TENANTS_ACME_WEBHOOK_URL", url == null ? "" : url);
        settings.put("MEETGATE_TENANTS_ACME_WEBHOOK_SECRET", secret == null ? "" : secret);

        String mistakes = String.join("", mistakes());
        assertEquals(mistake == null, mistakes.isEmpty(), mistakes);
        assertTrue(mistake == null || mistakes.startsWith("MEETGATE_TENANTS_ACME_WEBHOOK_" + mistake), mistakes);
        assertFalse(secret != null && mistakes.contains(secret));
        assertFalse(mistakes.contains("hunter2"));
    }

    @Test
    void takesAReceiverOnThisMachineWherePrivateOnesAreAllowed() {
        settings.put("MEETGATE_TENANTS_ACME_WEBHOOK_URL", "http://localhost:9090/events");
        settings.put("MEETGATE_TENANTS_ACME_WEBHOOK_SECRET", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        settings.put("MEETGATE_WEBHOOK_PRIVATE_TARGETS", "true");

        assertEquals(List.of(), mistakes());
    }

    @Test
    void takesAWellKnownKeyOnThisMachineAlone() {
        settings.put(
                "MEETGATE_TENANTS_ACME_API_KEY_SHA256",
                "c48a01f49fd0f2cc404bc3cbbc80e91457a3d41bb429a695243de4c61794155c");
        settings.put("MEETGATE_PUBLIC_URL", "http://localhost:8080");

        assertEquals(List.of(), mistakes());
    }

    @Test
    void neverRepeatsASecret() {
        settings.put("MEETGATE_KEYS", "k1:c2VjcmV0a2V5");
        settings.put("DATABASE_URL", "mysql://user:hunter2@host/db");
        settings.remove("QUARKUS_DATASOURCE_REACTIVE_URL");

        String all = String.join("\n", mistakes());
        assertFalse(all.contains("c2VjcmV0a2V5"));
        assertFalse(all.contains("hunter2"));
        assertTrue(all.contains("DATABASE_URL is wrong"));
    }

    @Test
    void refusesOneApiKeyForTwoTenants() {
        settings.put("MEETGATE_TENANTS_OTHER_API_KEY_SHA256", HASH.toUpperCase());

        assertTrue(mistakes().get(0).startsWith("MEETGATE_TENANTS_OTHER_API_KEY_SHA256 is wrong"));
    }

    @Test
    void splitsADatabaseUrl() {
        settings.remove("QUARKUS_DATASOURCE_REACTIVE_URL");
        settings.put("DATABASE_URL", "postgres://me:p%40ss+word@db.example.com:5433/meetgate?sslmode=require");

        assertEquals(List.of(), mistakes());
        Map<String, String> derived = Settings.of(settings).derived();
        assertEquals("postgresql://db.example.com:5433/meetgate", derived.get("QUARKUS_DATASOURCE_REACTIVE_URL"));
        assertEquals("me", derived.get("QUARKUS_DATASOURCE_USERNAME"));
        assertEquals("p@ss+word", derived.get("QUARKUS_DATASOURCE_PASSWORD"));
    }

    @Test
    void splitsADatabaseUrlWithAnUnderscoreInTheHost() {
        settings.remove("QUARKUS_DATASOURCE_REACTIVE_URL");
        settings.put("DATABASE_URL", "postgresql://me:secret@my_db/meetgate");

        assertEquals(List.of(), mistakes());
        assertEquals("secret", Settings.of(settings).derived().get("QUARKUS_DATASOURCE_PASSWORD"));
    }

    @Test
    void keepsTheSpacesOfADatabasePassword() {
        settings.put("QUARKUS_DATASOURCE_USERNAME", "me ");
        settings.put("QUARKUS_DATASOURCE_PASSWORD", " secret\t");

        var database = Settings.of(settings).database("postgresql://db.example.com/meetgate");

        assertEquals("me ", database.user());
        assertEquals(" secret\t", database.password());
    }

    @Test
    void knowsTheKeysOfDevMode() {
        List<String> hashes = LocalSurroundings.settings().entrySet().stream()
                .filter(setting -> setting.getKey().matches("meetgate\\.tenants\\..*sha256"))
                .map(Map.Entry::getValue)
                .toList();
        assertEquals(3, hashes.size());
        for (String hash : hashes) {
            settings.put("MEETGATE_TENANTS_ACME_API_KEY_SHA256", hash);
            assertTrue(mistakes().toString().contains("Everybody knows this one"), hash);
        }
    }

    @Test
    void refusesTheAudienceOfTheConsolesIdTokens() {
        settings.put("MEETGATE_CONSOLE_ISSUER", "https://id.example.com");
        settings.put("MEETGATE_CONSOLE_CLIENT_ID", "meetgate");
        settings.put("MEETGATE_CONSOLE_CLIENT_SECRET", "secret");
        settings.put("MEETGATE_CONSOLE_ROLE", "operators");
        settings.put("MEETGATE_TENANTS_ACME_ISSUER", "https://id.example.com");
        assertTrue(mistakes().get(0).startsWith("MEETGATE_TENANTS_ACME_AUDIENCE is wrong"), mistakes()::toString);

        settings.put("MEETGATE_TENANTS_ACME_AUDIENCE", "meetgate-api");
        assertEquals(List.of(), mistakes());
        settings.put("MEETGATE_TENANTS_ACME_AUDIENCE", "meetgate");
        assertEquals(1, mistakes().size());
        settings.put("MEETGATE_TENANTS_ACME_ISSUER", "https://other.example.com");
        assertEquals(List.of(), mistakes());
    }

    @Test
    void takesOnlyMissingSettingsFromADatabaseUrl() {
        settings.remove("QUARKUS_DATASOURCE_REACTIVE_URL");
        settings.put("DATABASE_URL", "postgresql://me@db.example.com/meetgate");
        settings.put("QUARKUS_DATASOURCE_PASSWORD", "secret");
        Map<String, String> derived = Settings.of(settings).derived();
        assertEquals("me", derived.get("QUARKUS_DATASOURCE_USERNAME"));
        assertFalse(derived.containsKey("QUARKUS_DATASOURCE_PASSWORD"));

        settings.put("DATABASE_URL", "postgresql://me:other@db.example.com/meetgate");
        assertFalse(Settings.of(settings).derived().containsKey("QUARKUS_DATASOURCE_PASSWORD"));
    }

    @Test
    void refusesOneApiKeyForTwoNames() {
        settings.put("MEETGATE_TENANTS_ACME_KEYS_CRON_SHA256", HASH);

        assertTrue(mistakes().get(0).startsWith("MEETGATE_TENANTS_ACME_KEYS_CRON_SHA256 is wrong"));
    }

    @ParameterizedTest
    @CsvSource({
        "JWKS_URL, http://id.example.com/keys",
        "JWT_SCOPES, meetings:read everything",
    })
    void namesWhatIsWrongWithTokens(String name, String value) {
        settings.put("MEETGATE_TENANTS_ACME_ISSUER", "https://id.example.com");
        settings.put("MEETGATE_TENANTS_ACME_" + name, value);

        assertEquals(1, mistakes().size());
        assertTrue(
                mistakes().get(0).startsWith("MEETGATE_TENANTS_ACME_" + name + " is wrong"),
                mistakes().get(0));
    }

    /** As a variable that Compose could not fill in. */
    @ParameterizedTest
    @ValueSource(strings = {"KEYS_CRON_SCOPES", "KEYS_CRON_EXPIRES", "SUBJECTS", "JWT_SCOPES"})
    void takesNoEmptyRestrictionForNone(String name) {
        settings.put("MEETGATE_TENANTS_ACME_ISSUER", "https://id.example.com");
        settings.put("MEETGATE_TENANTS_ACME_KEYS_CRON_SHA256", HASH.replace('c', 'd'));
        settings.put("MEETGATE_TENANTS_ACME_" + name, " ");

        assertEquals(1, mistakes().size());
        assertTrue(
                mistakes().get(0).startsWith("MEETGATE_TENANTS_ACME_" + name + " is empty. Remove it, or set it to"),
                mistakes().get(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"AUDIENCE", "JWKS_URL", "SUBJECTS", "JWT_SCOPES"})
    void missesTheIssuerOfTokens(String name) {
        settings.put("MEETGATE_TENANTS_ACME_" + name, "https://id.example.com");

        assertEquals(1, mistakes().size());
        assertTrue(
                mistakes().get(0).startsWith("MEETGATE_TENANTS_ACME_ISSUER is missing"),
                mistakes().get(0));
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', '', '', MEETGATE_TENANTS_OTHER_AUDIENCE is missing",
        "one, '', '', '', ''",
        "meetgate, '', '', '', MEETGATE_TENANTS_OTHER_AUDIENCE is missing",
        "'', meetgate, '', '', MEETGATE_TENANTS_ACME_AUDIENCE is missing",
        "one, one, '', '', MEETGATE_TENANTS_OTHER_AUDIENCE is wrong",
        "one, two, '', '', ''",
        "one, one, 'a,b', 'c', ''",
        "one, one, 'a,b', 'b', MEETGATE_TENANTS_OTHER_AUDIENCE is wrong",
        "one, one, 'a,b', '', MEETGATE_TENANTS_OTHER_AUDIENCE is wrong",
    })
    void refusesTokensThatMeanTwoTenants(
            String audience, String otherAudience, String subjects, String otherSubjects, String mistake) {
        settings.put("MEETGATE_TENANTS_ACME_ISSUER", "https://id.example.com");
        settings.put("MEETGATE_TENANTS_ACME_AUDIENCE", audience);
        settings.put("MEETGATE_TENANTS_ACME_SUBJECTS", subjects);
        settings.put("MEETGATE_TENANTS_OTHER_ISSUER", "https://id.example.com");
        settings.put("MEETGATE_TENANTS_OTHER_AUDIENCE", otherAudience);
        settings.put("MEETGATE_TENANTS_OTHER_SUBJECTS", otherSubjects);
        settings.values().removeIf(String::isEmpty);

        assertEquals(mistake.isEmpty() ? 0 : 1, mistakes().size(), mistakes().toString());
        assertTrue(
                mistakes().stream().allMatch(told -> told.startsWith(mistake)),
                mistakes().toString());
    }

    @Test
    void acceptsATenantWithoutAnApiKey() {
        settings.remove("MEETGATE_TENANTS_ACME_API_KEY_SHA256");
        settings.put("MEETGATE_TENANTS_ACME_ISSUER", "https://kubernetes.default.svc");
        settings.put("MEETGATE_TENANTS_ACME_SUBJECTS", "system:serviceaccount:shop:cart");
        settings.put("MEETGATE_TENANTS_BIG_CORP_CERT_SHA256", HASH);
        settings.put("MEETGATE_TRUSTED_PROXIES", "10.0.0.7, 10.1.0.0/16,2001:db8::/48");

        assertEquals(List.of(), mistakes());
        assertEquals(HASH, Settings.of(settings).tenants().get("meetgate.tenants.big-corp.cert-sha256"));
    }

    @Test
    void refusesOneCertificateForTwoTenants() {
        settings.put("MEETGATE_TENANTS_ACME_CERT_SHA256", HASH.replace('9', 'a'));
        settings.put("MEETGATE_TENANTS_OTHER_CERT_SHA256", HASH.replace('9', 'A'));

        assertTrue(mistakes().get(0).startsWith("MEETGATE_TENANTS_OTHER_CERT_SHA256 is wrong"));
    }

    @Test
    void acceptsATenantWithNamedKeysAlone() {
        settings.remove("MEETGATE_TENANTS_ACME_API_KEY_SHA256");
        settings.put("MEETGATE_TENANTS_BIG_CORP_KEYS_CRON_JOB_SHA256", HASH);
        settings.put("MEETGATE_TENANTS_BIG_CORP_KEYS_CRON_JOB_SCOPES", "operate,meetings:read");
        settings.put("MEETGATE_TENANTS_BIG_CORP_KEYS_CRON_JOB_EXPIRES", "2027-01-15T09:00:00Z");

        assertEquals(List.of(), mistakes());
        assertEquals(HASH, Settings.of(settings).tenants().get("meetgate.tenants.big-corp.keys.cron-job.sha256"));
    }

    @Test
    void readsATenantWithAnUnderscoreInItsName() {
        settings.put("MEETGATE_TENANTS_BIG_CORP_DISPLAY_NAME", "Big Corp");

        assertEquals("Big Corp", Settings.of(settings).tenants().get("meetgate.tenants.big-corp.display-name"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GOTO_CLIENT_SECRET", "MEETGATE_KEYS", "MEETGATE_TENANTS_ACME_API_KEY_SHA256"})
    void readsASecretFromAFile(String name, @TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), settings.remove(name) + "\n");
        settings.put(name + "_FILE", file.toString());

        assertEquals(List.of(), mistakes());
        assertEquals(
                Files.readString(file).strip(), Settings.of(settings).derived().get(name));
    }

    @Test
    void reportsAMissingFileAndARepeatedSetting(@TempDir Path folder) {
        settings.put("GOTO_CLIENT_SECRET_FILE", folder.resolve("secret").toString());
        settings.remove("MEETGATE_KEYS");
        settings.put("MEETGATE_KEYS_FILE", folder.resolve("missing").toString());

        String all = String.join("\n", mistakes());
        assertTrue(all.contains("GOTO_CLIENT_SECRET and GOTO_CLIENT_SECRET_FILE are both set"));
        assertTrue(all.contains("MEETGATE_KEYS_FILE is wrong: the file"));
    }

    @ParameterizedTest
    @CsvSource({
        "GOTO_SCOPE, GOTO_SCOPES",
        "GOTO_CLIENTID, GOTO_CLIENT_ID",
        "GOTO_PUBLIC_URL, MEETGATE_PUBLIC_URL",
        "MEETGATE_PORT, PORT",
        "MEETGATE_DATABASE_URL, DATABASE_URL",
        "MEETGATE_MANAGEMENT_PORT, QUARKUS_MANAGEMENT_PORT",
        "meetgate_migrate, MEETGATE_MIGRATE",
        "MEETGATE_TENANTS_ACME_RETURN_URL, MEETGATE_TENANTS_ACME_RETURN_URLS",
        "MEETGATE_TENANTS_BIG_CORP_KEYS_CRON_JOB_SCOPE, MEETGATE_TENANTS_BIG_CORP_KEYS_CRON_JOB_SCOPES",
        "MEETGATE_TENANTS_BIG_CORP_API_KEY_SHA_256, MEETGATE_TENANTS_BIG_CORP_API_KEY_SHA256",
    })
    void saysWhichSettingAnUnknownNameMeans(String name, String meant) {
        settings.put(name, "x");

        assertEquals(List.of("%s is unknown. Did you mean %s?".formatted(name, meant)), mistakes());
    }

    @Test
    void saysWhichFileAnUnknownNameMeans() {
        settings.put("MEETGATE_KEY_FILE", "missing");

        assertTrue(mistakes().contains("MEETGATE_KEY_FILE is unknown. Did you mean MEETGATE_KEYS_FILE?"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GOTO_WEBINAR", "MEETGATE_TENANTS_ACME_SLOGAN", "MEETGATE_TENANTS", "MEETGATE_"})
    void reportsAnUnknownNameThatIsLikeNoSetting(String name) {
        settings.put(name, "x");

        assertEquals(1, mistakes().size());
        assertTrue(
                mistakes().get(0).startsWith(name + " is unknown. Remove it"),
                mistakes().get(0));
    }

    @Test
    void leavesTheVariablesOfKubernetesAlone() {
        settings.putAll(Map.of(
                "MEETGATE_SERVICE_HOST", "10.0.0.1",
                "MEETGATE_SERVICE_PORT", "8080",
                "MEETGATE_SERVICE_PORT_HTTP", "8080",
                "MEETGATE_PORT", "tcp://10.0.0.1:8080",
                "MEETGATE_PORT_8080_TCP", "tcp://10.0.0.1:8080",
                "MEETGATE_PORT_8080_TCP_PROTO", "tcp",
                "MEETGATE_PORT_8080_TCP_PORT", "8080",
                "MEETGATE_PORT_8080_TCP_ADDR", "10.0.0.1",
                "MEETGATE_00001_PRIVATE_SERVICE_PORT_HTTP_AUTOMETRIC", "9090",
                "GOTO_PROXY_PORT", "tcp://10.0.0.2:3128"));

        assertEquals(List.of(), mistakes());
    }

    /** A setting is known when {@link SettingsCheck} asks for it. */
    @Test
    void knowsEverySettingThatIsMapped() {
        for (JavaClass mapping : new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.meetgate")) {
            if (mapping.isAnnotatedWith(ConfigMapping.class)) {
                String prefix = mapping.getAnnotationOfType(ConfigMapping.class).prefix();
                mapping.getMethods().stream()
                        .filter(setting -> !setting.isAnnotatedWith(WithParentName.class))
                        // Of the console: of dev mode, derived from HTTPS_PROXY, derived from the others.
                        .filter(setting ->
                                !List.of("open", "issuerByProxy", "isOn").contains(setting.getName()))
                        .forEach(setting -> settings.putIfAbsent(variable(prefix + "." + setting.getName()), "x"));
            }
            String place = Map.of("TenantConfig", "acme.", "KeyConfig", "acme.keys.cron.")
                    .get(mapping.getSimpleName());
            if (place != null) {
                mapping.getMethods().stream()
                        .filter(setting -> !setting.getRawReturnType().isEquivalentTo(Map.class))
                        // Dev mode's own, which no variable may set.
                        .filter(setting -> !setting.getName().equals("anyLoopbackReturnUrl"))
                        // Follows from HTTPS_PROXY.
                        .filter(setting -> !setting.getName().equals("webhookThroughProxy"))
                        // SettingsSource derives it.
                        .filter(setting -> !setting.getName().equals("issuerByProxy"))
                        .forEach(setting ->
                                settings.putIfAbsent(variable("meetgate.tenants." + place + setting.getName()), "x"));
            }
        }

        assertTrue(settings.containsKey("GOTO_API_URL") && settings.containsKey("MEETGATE_TENANTS_ACME_RETURN_URLS"));
        assertEquals(
                List.of(),
                mistakes().stream()
                        .filter(mistake -> mistake.contains(" is unknown."))
                        .toList());
    }

    private static String variable(String camelCase) {
        return camelCase
                .replaceAll("([a-z])([A-Z])", "$1_$2")
                .toUpperCase(Locale.ROOT)
                .replace('.', '_');
    }

    @Test
    void reportsCharactersThatTheProcessCannotRead() {
        settings.put("GOTO_CLIENT_SECRET", "caf\ufffd\ufffd");
        settings.put("FOREIGN", "caf\ufffd");

        assertEquals(1, mistakes().size());
        assertTrue(
                mistakes().get(0).startsWith("GOTO_CLIENT_SECRET has characters"),
                mistakes().get(0));
        assertFalse(mistakes().get(0).contains("caf"));
    }

    @Test
    void readsAFileToItsLastByte(@TempDir Path folder) throws IOException {
        settings.remove("GOTO_CLIENT_SECRET");
        settings.put(
                "GOTO_CLIENT_SECRET_FILE",
                Files.writeString(folder.resolve("secret"), " é$$ ${HOME}\t\r\n")
                        .toString());

        assertEquals(List.of(), mistakes());
        assertEquals(" é$$ ${HOME}\t", Settings.of(settings).derived().get("GOTO_CLIENT_SECRET"));
    }

    @Test
    void reportsAFileThatIsNotUtf8(@TempDir Path folder) throws IOException {
        settings.remove("GOTO_CLIENT_SECRET");
        settings.put(
                "GOTO_CLIENT_SECRET_FILE",
                Files.write(folder.resolve("secret"), new byte[] {'a', (byte) 0xe9})
                        .toString());

        assertTrue(
                mistakes().get(0).endsWith("is not text in UTF-8."), mistakes().get(0));
    }

    private List<String> mistakes() {
        return SettingsCheck.mistakes(Settings.of(settings));
    }
}
