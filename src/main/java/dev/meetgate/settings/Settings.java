package dev.meetgate.settings;

import dev.meetgate.database.DatabaseUrl;
import java.io.IOException;
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
 * The environment's variables, with the content of {@code …_FILE} files, the properties derived from them,
 * and the mistakes found.
 */
record Settings(Map<String, String> given, Map<String, String> derived, List<String> unreadable) {

    static final String DATABASE_URL = "DATABASE_URL";
    static final String LOG_FORMAT = "MEETGATE_LOG_FORMAT";
    static final String REACTIVE_URL = "QUARKUS_DATASOURCE_REACTIVE_URL";

    static final Pattern TENANT = Pattern.compile(
            "MEETGATE_TENANTS_([A-Z0-9_]+?)_(API_KEY_SHA256|DISPLAY_NAME|RETURN_URLS|DEFAULT_RETURN_URL)");

    private static final String USERNAME = "QUARKUS_DATASOURCE_USERNAME";
    private static final String PASSWORD = "QUARKUS_DATASOURCE_PASSWORD";
    private static final String FILE = "_FILE";
    private static final List<String> PREFIXES_WITH_FILES =
            List.of("GOTO_", "MEETGATE_", "QUARKUS_DATASOURCE_", DATABASE_URL);

    /** The settings of this process. A system property has priority over the variable of the same name. */
    static Settings ofThisProcess() {
        var variables = new TreeMap<>(System.getenv());
        System.getProperties()
                .stringPropertyNames()
                .forEach(name -> variables.put(
                        name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_"), System.getProperty(name)));
        return of(variables);
    }

    static Settings of(Map<String, String> variables) {
        var settings = new Settings(new TreeMap<>(variables), new TreeMap<>(), new ArrayList<>());
        variables.forEach((name, value) -> {
            if (name.endsWith(FILE) && PREFIXES_WITH_FILES.stream().anyMatch(name::startsWith)) {
                settings.readFile(name.substring(0, name.length() - FILE.length()), value);
            }
        });
        settings.deriveDatabase();
        if ("json".equals(settings.value(LOG_FORMAT))) {
            settings.derived.put("QUARKUS_LOG_CONSOLE_JSON_ENABLED", "true");
        }
        return settings;
    }

    /** The trimmed value, or null if it is missing or blank. */
    @Nullable
    String value(String name) {
        String value = given.get(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    private void readFile(String name, String file) {
        if (value(name) != null) {
            unreadable.add("%s and %s%s are both set. Set only one of them.".formatted(name, name, FILE));
            return;
        }
        try {
            String content = Files.readString(Path.of(file)).strip();
            given.put(name, content);
            derived.put(name, content);
        } catch (IOException | InvalidPathException e) {
            unreadable.add("%s%s is wrong: the file %s cannot be read.".formatted(name, FILE, file));
        }
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
        return DatabaseUrl.parse(url).as(value(USERNAME), value(PASSWORD));
    }

    private void deriveUnlessGiven(String name, @Nullable String text) {
        if (text != null && value(name) == null) {
            derived.put(name, text);
        }
    }

    /** The tenants' settings as properties: Quarkus cannot map a variable to a name with an underscore. */
    Map<String, String> tenants() {
        var properties = new TreeMap<String, String>();
        given.forEach((name, value) -> {
            Matcher tenant = TENANT.matcher(name);
            if (tenant.matches()) {
                properties.put(
                        "meetgate.tenants.%s.%s".formatted(kebab(tenant.group(1)), kebab(tenant.group(2))), value);
            }
        });
        return properties;
    }

    private static String kebab(String variable) {
        return variable.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
