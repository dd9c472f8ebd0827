package dev.meetgate.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The names of the page of settings. Where they have a tenant or key, it is DEMO or CRON. */
final class DocumentedSettings {

    private static final Pattern NAME = Pattern.compile("`([A-Z][A-Z0-9_<>]{3,})`");

    /** All that are required. */
    static final Map<String, String> REQUIRED = Map.of(
            "GOTO_CLIENT_ID", "client",
            "GOTO_CLIENT_SECRET", "secret",
            "MEETGATE_PUBLIC_URL", "https://meetgate.example.com",
            "MEETGATE_KEYS", "k1:nCUeGrRwxfHkZS0gXXlTNkfLCpZRLZpTAoFtCQwTSk4=",
            "MEETGATE_TENANTS_DEMO_API_KEY_SHA256", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            "DATABASE_URL", "postgresql://localhost:5432/meetgate");

    private DocumentedSettings() {}

    static TreeSet<String> names() throws IOException {
        String page = Files.readString(Path.of("src/docs/settings.md"));
        var names = new TreeSet<String>();
        page.substring(0, page.indexOf("## Dev mode"))
                .lines()
                .filter(line -> line.startsWith("|"))
                .flatMap(line -> NAME.matcher(line.split(" \\| ")[0]).results())
                .map(name -> name.group(1).replace("<NAME>", "DEMO").replace("<KEY>", "CRON"))
                .forEach(names::add);
        return names;
    }

    /** What is wrong with the required settings if one is set to this value. */
    static List<String> mistakes(String name, String value) {
        var settings = new HashMap<>(REQUIRED);
        if (name.contains("_KEYS_CRON_")) {
            settings.put("MEETGATE_TENANTS_DEMO_KEYS_CRON_SHA256", "aa".repeat(32));
        }
        if (name.matches(".*_(SUBJECTS|JWT_SCOPES)(_FILE)?")) {
            settings.put("MEETGATE_TENANTS_DEMO_ISSUER", "https://id.example.com");
        }
        settings.put(name, value);
        return SettingsCheck.mistakes(Settings.of(settings));
    }
}
