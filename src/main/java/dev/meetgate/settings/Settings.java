package dev.meetgate.settings;

import dev.meetgate.database.DatabaseUrl;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The settings of this process.
 *
 * @param known the names that were asked for
 * @param variables the environment's variables
 * @param given the variables, and the contents of {@code …_FILE} files under the names of their settings
 * @param derived what Quarkus must read from here
 * @param unreadable the mistakes found in {@code …_FILE} variables
 */
record Settings(
        KnownNames known,
        Map<String, String> variables,
        Map<String, String> given,
        Map<String, String> derived,
        List<String> unreadable) {

    static final String DATABASE_URL = "DATABASE_URL";
    static final String LOG_FORMAT = "MEETGATE_LOG_FORMAT";
    static final String LOG_LEVEL = "QUARKUS_LOG_LEVEL";
    static final String REACTIVE_URL = "QUARKUS_DATASOURCE_REACTIVE_URL";

    static final String TENANTS = "MEETGATE_TENANTS_";
    static final List<String> OF_TENANTS = List.of(
            "API_KEY_SHA256",
            "DISPLAY_NAME",
            "LOGO_FILE",
            "COLOR",
            "PRIVACY_URL",
            "RETURN_URLS",
            "DEFAULT_RETURN_URL",
            "CONFIRM",
            "WEBHOOK_URL",
            "WEBHOOK_SECRET",
            "ISSUER",
            "AUDIENCE",
            "JWKS_URL",
            "SUBJECTS",
            "JWT_SCOPES",
            "CERT_SHA256");
    static final List<String> OF_KEYS = List.of("SHA256", "SCOPES", "EXPIRES");
    static final Pattern TENANT = Pattern.compile("%s([A-Z0-9_]+?)_(?:(%s)|KEYS_([A-Z0-9_]+)_(%s))"
            .formatted(TENANTS, String.join("|", OF_TENANTS), String.join("|", OF_KEYS)));

    private static final Pattern CERTIFICATE = Pattern.compile("QUARKUS_HTTP_SSL_CERTIFICATE_(FILES|KEY_STORE_FILE)"
            + "|QUARKUS_HTTP_TLS_CONFIGURATION_NAME|QUARKUS_TLS_KEY_STORE_(PEM_.+_CERT|P12_PATH|JKS_PATH)");

    private static final String USERNAME = "QUARKUS_DATASOURCE_USERNAME";
    private static final String PASSWORD = "QUARKUS_DATASOURCE_PASSWORD";
    private static final String FILE = "_FILE";

    /** Names a file itself: its content is no text. */
    private static final String LOGO_FILE = "_LOGO_FILE";

    private static final Pattern LINE_BREAKS_AT_THE_END = Pattern.compile("[\\r\\n]+\\z");
    private static final List<String> OUR_PREFIXES =
            List.of("GOTO_", "MEETGATE_", "QUARKUS_DATASOURCE_", DATABASE_URL, WayOut.PROXY);

    /** The settings of this process. A system property has priority over the variable of the same name. */
    static Settings ofThisProcess() {
        var variables = new TreeMap<>(System.getenv());
        System.getProperties()
                .stringPropertyNames()
                .forEach(name -> variables.put(variable(name), System.getProperty(name)));
        return of(variables);
    }

    /** The variable that sets a property. */
    static String variable(String property) {
        return property.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    static Settings of(Map<String, String> variables) {
        var settings = new Settings(
                new KnownNames(),
                new TreeMap<>(variables),
                new TreeMap<>(variables),
                new TreeMap<>(),
                new ArrayList<>());
        variables.forEach((name, value) -> {
            if (name.endsWith(FILE) && !name.endsWith(LOGO_FILE) && isOurs(name)) {
                settings.readFile(name.substring(0, name.length() - FILE.length()), value);
            }
        });
        settings.deriveDatabase();
        settings.deriveDollars();
        // Quarkus knows no level with white space around it.
        String level = settings.value(LOG_LEVEL);
        if (level != null) {
            settings.derived.put(LOG_LEVEL, level);
        }
        if ("json".equals(settings.value(LOG_FORMAT))) {
            settings.derived.put("QUARKUS_LOG_CONSOLE_JSON_ENABLED", "true");
        }
        return settings;
    }

    static boolean isOurs(String name) {
        return OUR_PREFIXES.stream().anyMatch(name::startsWith);
    }

    /** The trimmed value, or null if it is missing or blank. The name is known from then on. */
    @Nullable
    String value(String name) {
        known.add(name);
        String value = given.get(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    /** The value with its white space, which may belong to a password. Null if it is missing or blank. */
    private @Nullable String exactly(String name) {
        known.add(name);
        String value = given.get(name);
        return value == null || value.isBlank() ? null : value;
    }

    /** Whether MeetGate itself speaks TLS. Quarkus has several ways to a certificate. */
    boolean hasTls() {
        return given.entrySet().stream()
                .anyMatch(setting -> CERTIFICATE.matcher(setting.getKey()).matches()
                        && !setting.getValue().isBlank());
    }

    private void readFile(String name, String file) {
        if (file.isBlank()) {
            given.putIfAbsent(name, "");
            return;
        }
        String value = given.get(name);
        if (value != null && !value.isBlank()) {
            unreadable.add("%s and %s%s are both set. Set only one of them.".formatted(name, name, FILE));
            return;
        }
        try {
            String content = LINE_BREAKS_AT_THE_END
                    .matcher(Files.readString(Path.of(file)))
                    .replaceFirst("");
            given.put(name, content);
            derived.put(name, content);
        } catch (CharacterCodingException e) {
            unreadable.add("%s%s is wrong: the file %s is not text in UTF-8.".formatted(name, FILE, file));
        } catch (IOException | InvalidPathException e) {
            unreadable.add("%s%s is wrong: the file %s cannot be read.".formatted(name, FILE, file));
        }
    }

    /** Quarkus would read expressions in a value with a dollar. {@link SettingsSource} prevents that. */
    private void deriveDollars() {
        given.forEach((name, value) -> {
            if (isOurs(name) && value.contains("$")) {
                derived.putIfAbsent(name, value);
            }
        });
    }

    /** Quarkus reads fewer kinds of URLs than MeetGate: see {@link DatabaseUrl}. */
    private void deriveDatabase() {
        String url = databaseUrl();
        if (url == null) {
            return;
        }
        try {
            DatabaseUrl database = database(url);
            derived.put(REACTIVE_URL, database.plain());
            deriveUnlessGiven(USERNAME, database.user());
            deriveUnlessGiven(PASSWORD, database.password());
        } catch (IllegalArgumentException reportedBySettingsCheck) {
            derived.remove(REACTIVE_URL);
        }
    }

    /** The URL as it was set, or null if there is none. */
    @Nullable
    String databaseUrl() {
        String url = value(REACTIVE_URL);
        return url == null ? value(DATABASE_URL) : url;
    }

    /** Fails with an {@link IllegalArgumentException} that says what is wrong with the URL. */
    DatabaseUrl database(String url) {
        return DatabaseUrl.parse(url).as(exactly(USERNAME), exactly(PASSWORD));
    }

    private void deriveUnlessGiven(String name, @Nullable String text) {
        if (text != null && exactly(name) == null) {
            derived.put(name, text);
        }
    }

    /** The tenants' settings as properties: Quarkus cannot map a variable to a name with an underscore. */
    Map<String, String> tenants() {
        var properties = new TreeMap<String, String>();
        given.forEach((name, value) -> {
            Matcher tenant = TENANT.matcher(name);
            if (tenant.matches()) {
                String setting = tenant.group(2) == null
                        ? "keys.%s.%s".formatted(kebab(tenant.group(3)), kebab(tenant.group(4)))
                        : kebab(tenant.group(2));
                properties.put("meetgate.tenants.%s.%s".formatted(kebab(tenant.group(1)), setting), value);
            }
        });
        return properties;
    }

    /** Where each tenant's issuer has its keys, as far as the settings say it. */
    Map<String, String> issuers() {
        var urls = new TreeMap<String, String>();
        given.forEach((name, value) -> {
            Matcher tenant = TENANT.matcher(name);
            if (tenant.matches() && "ISSUER".equals(tenant.group(2))) {
                String jwksUrl = given.get(TENANTS + tenant.group(1) + "_JWKS_URL");
                urls.put(kebab(tenant.group(1)), (jwksUrl == null || jwksUrl.isBlank() ? value : jwksUrl).strip());
            }
        });
        return urls;
    }

    static String kebab(String variable) {
        return variable.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
