package dev.meetgate.settings;

import dev.meetgate.caller.Network;
import dev.meetgate.secret.Keyring;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;

/** Finds all mistakes in the settings at once. Messages never contain a secret. */
final class SettingsCheck {

    private static final String SCOPES = "[!#-\\[\\]-~]+( +[!#-\\[\\]-~]+)*";

    private final Settings settings;
    private final Mistakes mistakes;

    private SettingsCheck(Settings settings) {
        this.settings = settings;
        this.mistakes = new Mistakes(settings);
    }

    static List<String> mistakes(Settings settings) {
        var check = new SettingsCheck(settings);
        check.goTo();
        check.limits();
        check.publicUrl();
        check.keys();
        TenantsCheck.check(settings, check.mistakes);
        check.trustedProxies();
        check.database();
        ProcessCheck.check(settings, check.mistakes);
        check.upkeep();
        check.eventsAndAudit();
        check.console();
        WayOutCheck.check(settings, check.mistakes);
        check.values();
        check.characters();
        check.names();
        return check.mistakes.found();
    }

    private void goTo() {
        mistakes.required("GOTO_CLIENT_ID", "the id of the OAuth client that is registered at GoTo");
        mistakes.required("GOTO_CLIENT_SECRET", "the secret of the OAuth client that is registered at GoTo");
        List.of("GOTO_AUTHORIZE_URL", "GOTO_TOKEN_URL", "GOTO_REVOKE_URL", "GOTO_API_URL")
                .forEach(mistakes::url);
        mistakes.value("GOTO_ISSUER");
        mistakes.check("GOTO_SCOPES", SCOPES, "scopes separated by spaces, such as 'collab: identity:scim.me'");
    }

    private void limits() {
        mistakes.check("GOTO_REQUESTS_PER_SECOND", "[1-9]\\d{0,4}|100000", "a whole number from 1 to 100000");
        mistakes.check(
                "MEETGATE_REQUEST_TIMEOUT",
                "([1-9]|[1-9]\\d|[12]\\d\\d|300)s?",
                "a whole number of seconds from 1 to 300");
        mistakes.flag("MEETGATE_RATE_LIMIT_HEADERS");
    }

    private void publicUrl() {
        String name = "MEETGATE_PUBLIC_URL";
        String what = "the https URL where browsers reach MeetGate, without a path, such as"
                + " https://meetgate.example.com (http is allowed for localhost)";
        mistakes.required(name, what);
        mistakes.check(name, url -> Mistakes.isSafe(url) && url.matches("https?://[^/?]+/?"), what);
    }

    private void keys() {
        String what = "<id>:<32 random bytes in base64> (openssl rand -base64 32 creates them). Separate several keys"
                + " by commas; the first one seals new data";
        String keys = mistakes.required("MEETGATE_KEYS", what);
        if (keys != null) {
            try {
                Keyring.of(keys);
            } catch (IllegalArgumentException mistake) {
                mistakes.add("MEETGATE_KEYS is wrong: %s. Set it to %s.".formatted(mistake.getMessage(), what));
            }
        }
    }

    private void trustedProxies() {
        String name = "MEETGATE_TRUSTED_PROXIES";
        String proxies = mistakes.value(name);
        for (String proxy : proxies == null ? new String[0] : proxies.split(",", -1)) {
            try {
                if (Network.of(proxy).prefix() == 0) {
                    mistakes.wrong(name, "the addresses of your proxies. %s contains every address".formatted(proxy));
                }
            } catch (IllegalArgumentException mistake) {
                mistakes.wrong(
                        name,
                        "addresses and networks, separated by commas, such as 10.0.0.7,10.1.0.0/16,2001:db8::/48");
                return;
            }
        }
    }

    private void database() {
        String url = settings.databaseUrl();
        if (url == null) {
            mistakes.missing(Settings.DATABASE_URL, "postgresql://user:password@host:port/database");
        } else {
            try {
                settings.database(url);
            } catch (IllegalArgumentException mistake) {
                String name =
                        settings.value(Settings.REACTIVE_URL) == null ? Settings.DATABASE_URL : Settings.REACTIVE_URL;
                mistakes.add("%s is wrong: %s.".formatted(name, mistake.getMessage()));
            }
        }
        mistakes.check(
                "MEETGATE_SCHEMA",
                "(?!pg_)[a-z_][a-z0-9_]{0,62}",
                "the name of a schema: small letters, digits and underscores");
    }

    private void upkeep() {
        mistakes.check(
                "MEETGATE_REFRESH_IDLE_AFTER",
                "([1-9]|1[0-7])d|([1-9]\\d?|[1-3]\\d\\d|400)h",
                "1d to 17d, or 1h to 400h. GoTo may replace refresh tokens after 18 days");
        mistakes.check(
                "MEETGATE_UPKEEP_INTERVAL", "[1-9]\\d{0,3}[sm]", "a number of seconds or minutes, such as 30s or 1m");
    }

    private void eventsAndAudit() {
        mistakes.flag("MEETGATE_WEBHOOK_PRIVATE_TARGETS");
        keep("MEETGATE_EVENTS_KEEP", 365);
        keep("MEETGATE_AUDIT_KEEP", 9999);
        mistakes.flag("MEETGATE_AUDIT_READS");
    }

    private void keep(String name, int mostDays) {
        mistakes.time(
                name,
                Duration.ofHours(1),
                Duration.ofDays(mostDays),
                "a time from 1h to %dd, such as 36h, 30d or PT36H".formatted(mostDays));
    }

    private void console() {
        String issuer = "MEETGATE_CONSOLE_ISSUER";
        var others = new TreeMap<String, String>();
        others.put("MEETGATE_CONSOLE_CLIENT_ID", "the id of MeetGate's client at the OpenID provider");
        others.put("MEETGATE_CONSOLE_CLIENT_SECRET", "the secret of MeetGate's client at the OpenID provider");
        others.put("MEETGATE_CONSOLE_ROLE", "the role that operators have at the OpenID provider");
        if (mistakes.value(issuer) == null) {
            others.keySet().stream()
                    .filter(name -> mistakes.value(name) != null)
                    .forEach(name -> mistakes.missing(
                            issuer, "the issuer of the OpenID provider to which %s belongs".formatted(name)));
            return;
        }
        mistakes.check(
                issuer,
                Mistakes::isSafe,
                "the https URL of the OpenID provider, without user and fragment (http is allowed for localhost)");
        others.forEach(mistakes::required);
    }

    /** Compose leaves commas between values that it cannot fill in. An empty value counts as not set. */
    private void values() {
        settings.given().forEach((name, value) -> {
            boolean isRead = Settings.isOurs(name) || name.startsWith("QUARKUS_");
            if (isRead && value.matches("[\\s,]+") && !mistakes.names(name)) {
                mistakes.add("%s has no value. Remove it, or set it to one.".formatted(name));
            }
        });
    }

    /** Java puts U+FFFD in the place of bytes that it cannot read. The binary always expects UTF-8. */
    private void characters() {
        boolean utf8 = "UTF-8".equalsIgnoreCase(System.getProperty("sun.jnu.encoding", "UTF-8"));
        settings.variables().forEach((name, value) -> {
            boolean ascii = value.chars().allMatch(character -> character < 128);
            if (Settings.isOurs(name) && !ascii && (!utf8 || value.contains("\ufffd"))) {
                mistakes.add(("%s has characters that this process cannot read. Set LC_ALL to C.UTF-8 and %1$s to"
                                + " text in UTF-8, or put the text into a file that %1$s_FILE names.")
                        .formatted(name));
            }
        });
    }

    private void names() {
        settings.known().add(Settings.DATABASE_URL);
        for (String name : settings.known().unknownIn(settings.variables())) {
            mistakes.add(name + " is unknown. "
                    + settings.known()
                            .similarTo(name)
                            .map("Did you mean %s?"::formatted)
                            .orElse("Remove it, or look for its right name among the documented settings."));
        }
    }
}
