package dev.meetgate.settings;

import dev.meetgate.caller.Network;
import dev.meetgate.caller.Scopes;
import dev.meetgate.pages.Color;
import dev.meetgate.pages.Logo;
import dev.meetgate.secret.Keyring;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds all mistakes in the settings at once. Messages never contain a secret. */
final class SettingsCheck {

    private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");
    private static final Pattern WEBHOOK_SECRET = Pattern.compile("whsec_([A-Za-z0-9+/]+=*)");
    private static final Pattern SCOPES = Pattern.compile("[!#-\\[\\]-~]+( +[!#-\\[\\]-~]+)*");

    /** The hashes of demo-key, other-key, careful-key, nothing and an empty line. */
    private static final Set<String> WELL_KNOWN = Set.of(
            "c48a01f49fd0f2cc404bc3cbbc80e91457a3d41bb429a695243de4c61794155c",
            "580843d03d2216ff1a275d0991bad66e4d1af871171d929e9de604b7959f9bca",
            "e4492ec21dce2daef2015223d1fe0a76e96d00357a0d1014f1b86cfe752dbbfd",
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "01ba4719c80b6fe911b091a7c05124b64eeece964e09c058ef8f9805daca546b");

    private final Settings settings;
    private final List<String> mistakes;

    private SettingsCheck(Settings settings) {
        this.settings = settings;
        this.mistakes = new ArrayList<>(settings.unreadable());
    }

    static List<String> mistakes(Settings settings) {
        var check = new SettingsCheck(settings);
        check.goTo();
        check.budget();
        check.publicUrl();
        check.keys();
        check.tenants();
        check.trustedProxies();
        check.database();
        check.process();
        check.upkeep();
        check.events();
        check.audit();
        check.console();
        check.wayOut();
        check.characters();
        check.names();
        return check.mistakes;
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

    private void goTo() {
        required("GOTO_CLIENT_ID", "the id of the OAuth client that is registered at GoTo");
        required("GOTO_CLIENT_SECRET", "the secret of the OAuth client that is registered at GoTo");
        for (String name : List.of("GOTO_AUTHORIZE_URL", "GOTO_TOKEN_URL", "GOTO_REVOKE_URL", "GOTO_API_URL")) {
            String url = settings.value(name);
            if (url != null && !isSafe(url)) {
                wrong(name, "an https URL without user and fragment (http is allowed for localhost)");
            }
        }
        settings.value("GOTO_ISSUER");
        String scopes = settings.value("GOTO_SCOPES");
        if (scopes != null && !SCOPES.matcher(scopes).matches()) {
            wrong("GOTO_SCOPES", "scopes separated by spaces, such as 'collab: identity:scim.me'");
        }
    }

    private void budget() {
        String limit = settings.value("GOTO_REQUESTS_PER_SECOND");
        if (limit != null && !limit.matches("[1-9]\\d{0,4}|100000")) {
            wrong("GOTO_REQUESTS_PER_SECOND", "a whole number from 1 to 100000");
        }
        String timeout = settings.value("MEETGATE_REQUEST_TIMEOUT");
        if (timeout != null && !timeout.matches("([1-9]|[1-9]\\d|[12]\\d\\d|300)s?")) {
            wrong("MEETGATE_REQUEST_TIMEOUT", "a whole number of seconds from 1 to 300");
        }
        flag("MEETGATE_RATE_LIMIT_HEADERS");
    }

    private void publicUrl() {
        String what =
                "the https URL where browsers reach MeetGate, without a path, such as https://meetgate.example.com"
                        + " (http is allowed for localhost)";
        String url = required("MEETGATE_PUBLIC_URL", what);
        if (url != null && !(isSafe(url) && url.matches("https?://[^/?]+/?"))) {
            wrong("MEETGATE_PUBLIC_URL", what);
        }
    }

    private void keys() {
        String what = "<id>:<32 random bytes in base64> (openssl rand -base64 32 creates them). Separate several keys"
                + " by commas; the first one seals new data";
        String keys = required("MEETGATE_KEYS", what);
        if (keys != null) {
            try {
                Keyring.of(keys);
            } catch (IllegalArgumentException mistake) {
                mistakes.add("MEETGATE_KEYS is wrong: %s. Set it to %s.".formatted(mistake.getMessage(), what));
            }
        }
    }

    private void tenants() {
        var keysOfTenants = new TreeMap<String, Set<String>>();
        for (String variable : settings.given().keySet()) {
            Matcher tenant = Settings.TENANT.matcher(variable);
            if (tenant.matches()) {
                Set<String> keys = keysOfTenants.computeIfAbsent(tenant.group(1), name -> new TreeSet<>());
                if (tenant.group(3) != null) {
                    keys.add(tenant.group(3));
                }
            }
        }
        if (keysOfTenants.isEmpty()) {
            mistakes.add("MEETGATE_TENANTS_<NAME>_API_KEY_SHA256 is missing. Set it for at least one tenant "
                    + "to the SHA-256 of the tenant's API key in hex (printf %s \"$KEY\" | sha256sum).");
        }
        var owners = new HashMap<String, String>();
        keysOfTenants.forEach((name, keys) -> {
            String prefix = Settings.TENANTS + name;
            String hashes = settings.value(prefix + "_API_KEY_SHA256");
            boolean others = !keys.isEmpty()
                    || settings.value(prefix + "_ISSUER") != null
                    || settings.value(prefix + "_CERT_SHA256") != null;
            if (hashes != null || !others) {
                hashes(prefix + "_API_KEY_SHA256", owners);
            }
            keys.forEach(key -> key(prefix + "_KEYS_" + key, owners));
            tenant(prefix);
            certificates(prefix + "_CERT_SHA256", owners);
        });
        mistakes.addAll(IssuerCheck.mistakes(settings, keysOfTenants.keySet()));
    }

    private void certificates(String name, Map<String, String> owners) {
        String hashes = settings.value(name);
        for (String hash : hashes == null ? new String[0] : hashes.split(",")) {
            if (!SHA256.matcher(hash.strip()).matches()) {
                wrong(
                        name,
                        "the SHA-256 of the DER of a client certificate, 64 hex digits. Separate several by commas");
            } else if (owners.put(hash.strip().toLowerCase(Locale.ROOT), name) != null) {
                wrong(name, "the SHA-256 of a certificate that no other entry uses");
            }
        }
    }

    private void trustedProxies() {
        String proxies = settings.value("MEETGATE_TRUSTED_PROXIES");
        for (String proxy : proxies == null ? new String[0] : proxies.split(",", -1)) {
            try {
                if (Network.of(proxy).prefix() == 0) {
                    wrong(
                            "MEETGATE_TRUSTED_PROXIES",
                            "the addresses of your proxies. %s is everybody".formatted(proxy));
                }
            } catch (IllegalArgumentException mistake) {
                wrong(
                        "MEETGATE_TRUSTED_PROXIES",
                        "addresses and networks, separated by commas, such as 10.0.0.7,10.1.0.0/16,2001:db8::/48");
                return;
            }
        }
    }

    private void hashes(String name, Map<String, String> owners) {
        String what = "the SHA-256 of the tenant's API key, 64 hex digits. Separate several by commas";
        String hashes = required(name, what);
        for (String hash : hashes == null ? new String[0] : hashes.split(",")) {
            if (!SHA256.matcher(hash.strip()).matches()) {
                wrong(name, what);
            } else if (WELL_KNOWN.contains(hash.strip().toLowerCase(Locale.ROOT)) && isForOthers()) {
                wrong(name, "the SHA-256 of a random key. Everybody knows this one");
            } else if (owners.put(hash.strip().toLowerCase(Locale.ROOT), name) != null) {
                wrong(name, "the SHA-256 of a key that no other entry uses");
            }
        }
    }

    private void key(String prefix, Map<String, String> owners) {
        hashes(prefix + "_SHA256", owners);
        String scopes = settings.value(prefix + "_SCOPES");
        if (scopes != null && !Scopes.ALL.containsAll(Scopes.in(scopes))) {
            wrong(prefix + "_SCOPES", "some of " + String.join(" ", Scopes.ALL));
        }
        String end = settings.value(prefix + "_EXPIRES");
        if (end != null && !isTime(end)) {
            wrong(prefix + "_EXPIRES", "a time such as 2027-01-15T09:00:00Z");
        }
    }

    private static boolean isTime(String text) {
        try {
            Instant.parse(text);
            return true;
        } catch (DateTimeParseException notATime) {
            return false;
        }
    }

    private void tenant(String prefix) {
        settings.value(prefix + "_DISPLAY_NAME");
        webhook(prefix);
        confirm(prefix);
        logo(prefix + "_LOGO_FILE");
        look(prefix);
        String urls = settings.value(prefix + "_RETURN_URLS");
        for (String url : urls == null ? new String[0] : urls.split(",")) {
            if (!isSafe(url.strip())) {
                wrong(
                        prefix + "_RETURN_URLS",
                        "https URLs without user and fragment, separated by commas (http is allowed for localhost)");
            }
        }
        String defaultUrl = settings.value(prefix + "_DEFAULT_RETURN_URL");
        if (defaultUrl != null && (defaultUrl.contains(",") || !isSafe(defaultUrl))) {
            wrong(
                    prefix + "_DEFAULT_RETURN_URL",
                    "one https URL without user and fragment (http is allowed for localhost)");
        }
    }

    private void logo(String name) {
        String file = settings.value(name);
        if (file != null) {
            try {
                Logo.read(file);
            } catch (IllegalArgumentException mistake) {
                mistakes.add("%s is wrong: %s. Set it to a PNG, or an SVG without scripts, of at most 64 KB."
                        .formatted(name, mistake.getMessage()));
            }
        }
    }

    private void look(String prefix) {
        String color = settings.value(prefix + "_COLOR");
        if (color != null && !Color.isColor(color.strip())) {
            wrong(prefix + "_COLOR", "# and six hex digits, such as #0b6157");
        }
        String privacyUrl = settings.value(prefix + "_PRIVACY_URL");
        if (privacyUrl != null && !isSafe(privacyUrl.strip())) {
            wrong(prefix + "_PRIVACY_URL", "one https URL without user and fragment (http is allowed for localhost)");
        }
    }

    private void confirm(String prefix) {
        String confirm = settings.value(prefix + "_CONFIRM");
        if (confirm != null && !confirm.equals("true") && !confirm.equals("false")) {
            wrong(prefix + "_CONFIRM", "true or false");
        }
    }

    private void webhook(String prefix) {
        String url = settings.value(prefix + "_WEBHOOK_URL");
        String secrets = settings.value(prefix + "_WEBHOOK_SECRET");
        boolean mayBePrivate = "true".equals(settings.value("MEETGATE_WEBHOOK_PRIVATE_TARGETS"));
        if (url != null && !(isSafe(url) && (mayBePrivate || url.startsWith("https:")))) {
            wrong(
                    prefix + "_WEBHOOK_URL",
                    "an https URL without user and fragment (http is allowed for localhost where"
                            + " MEETGATE_WEBHOOK_PRIVATE_TARGETS is true)");
        }
        String what = "whsec_ and 24 to 64 random bytes in base64 (echo whsec_$(openssl rand -base64 32))."
                + " Separate several by commas; all sign";
        if (url == null && secrets != null) {
            mistakes.add("%s_WEBHOOK_SECRET is set without %s_WEBHOOK_URL. Set both.".formatted(prefix, prefix));
        } else if (url != null && secrets == null) {
            required(prefix + "_WEBHOOK_SECRET", what);
        } else if (secrets != null && !Arrays.stream(secrets.split(",")).allMatch(SettingsCheck::isWebhookSecret)) {
            wrong(prefix + "_WEBHOOK_SECRET", what);
        }
    }

    private static boolean isWebhookSecret(String text) {
        Matcher secret = WEBHOOK_SECRET.matcher(text.strip());
        try {
            int length = secret.matches() ? Base64.getDecoder().decode(secret.group(1)).length : 0;
            return length >= 24 && length <= 64;
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    /** Whether others than this machine reach MeetGate. */
    private boolean isForOthers() {
        String url = settings.value("MEETGATE_PUBLIC_URL");
        return url == null || !url.startsWith("http:");
    }

    private void database() {
        String what =
                "postgresql://host:port/database, or set DATABASE_URL to postgres://user:password@host:port/database";
        String url = settings.databaseUrl();
        if (url == null) {
            required(Settings.REACTIVE_URL, what);
        } else {
            try {
                settings.database(url);
            } catch (IllegalArgumentException mistake) {
                String name =
                        settings.value(Settings.REACTIVE_URL) == null ? Settings.DATABASE_URL : Settings.REACTIVE_URL;
                mistakes.add("%s is wrong: %s.".formatted(name, mistake.getMessage()));
            }
        }
        String schema = settings.value("MEETGATE_SCHEMA");
        if (schema != null && !schema.matches("(?!pg_)[a-z_][a-z0-9_]{0,62}")) {
            wrong("MEETGATE_SCHEMA", "the name of a schema: small letters, digits and underscores");
        }
    }

    private void process() {
        for (String name : List.of("PORT", "QUARKUS_MANAGEMENT_PORT")) {
            String port = settings.value(name);
            if (port != null && !(port.matches("\\d{1,5}") && Integer.parseInt(port) <= 65535)) {
                wrong(name, "a port from 1 to 65535");
            }
        }
        flag("MEETGATE_MIGRATE");
        String logFormat = settings.value(Settings.LOG_FORMAT);
        if (logFormat != null && !logFormat.matches("text|json")) {
            wrong(Settings.LOG_FORMAT, "text or json");
        }
    }

    private void wayOut() {
        String authorities = settings.value("MEETGATE_CA");
        if (authorities != null && CertificateAuthorities.in(authorities).isEmpty()) {
            wrong("MEETGATE_CA", "certificates in PEM, or set MEETGATE_CA_FILE to a file with them");
        }
        var out = WayOut.of(settings);
        if (out.proxy() != null && out.url() == null) {
            wrong(
                    WayOut.PROXY,
                    "http://host:port or http://user:password@host:port, with special characters of user and"
                            + " password percent-encoded");
        }
        String token = settings.value("GOTO_TOKEN_URL");
        String revoke = settings.value("GOTO_REVOKE_URL");
        if (token != null
                && revoke != null
                && isSafe(token)
                && isSafe(revoke)
                && out.leadsTo(token) != out.leadsTo(revoke)) {
            wrong(WayOut.EXCEPTIONS, "both hosts of GOTO_TOKEN_URL and GOTO_REVOKE_URL, or none of them");
        }
    }

    private void flag(String name) {
        String value = settings.value(name);
        if (value != null && !value.matches("true|false")) {
            wrong(name, "true or false");
        }
    }

    private void upkeep() {
        String idle = settings.value("MEETGATE_REFRESH_IDLE_AFTER");
        if (idle != null && !idle.matches("([1-9]|1[0-7])d|([1-9]\\d?|[1-3]\\d\\d|400)h")) {
            wrong(
                    "MEETGATE_REFRESH_IDLE_AFTER",
                    "1d to 17d, or 1h to 400h. GoTo may replace refresh tokens after 18 days");
        }
        String interval = settings.value("MEETGATE_UPKEEP_INTERVAL");
        if (interval != null && !interval.matches("[1-9]\\d{0,3}[sm]")) {
            wrong("MEETGATE_UPKEEP_INTERVAL", "a number of seconds or minutes, such as 30s or 1m");
        }
    }

    private void events() {
        flag("MEETGATE_WEBHOOK_PRIVATE_TARGETS");
        keep("MEETGATE_EVENTS_KEEP", 365);
    }

    private void audit() {
        keep("MEETGATE_AUDIT_KEEP", 9999);
        flag("MEETGATE_AUDIT_READS");
    }

    /** How long something stays, as Quarkus reads it. */
    private void keep(String name, int mostDays) {
        String value = settings.value(name);
        if (value != null && !isBetween(value, Duration.ofHours(1), Duration.ofDays(mostDays))) {
            wrong(name, "a time from 1h to %dd, such as 36h, 30d or PT36H".formatted(mostDays));
        }
    }

    private static boolean isBetween(String text, Duration least, Duration most) {
        String iso = text.matches("\\d+h") ? "PT" + text : text.matches("\\d+d") ? "P" + text : text;
        try {
            Duration duration = Duration.parse(iso);
            return duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0;
        } catch (DateTimeParseException | ArithmeticException e) {
            return false;
        }
    }

    private void console() {
        String issuer = settings.value("MEETGATE_CONSOLE_ISSUER");
        var others = new TreeMap<String, String>();
        others.put("MEETGATE_CONSOLE_CLIENT_ID", "the id of MeetGate's client at the OpenID provider");
        others.put("MEETGATE_CONSOLE_CLIENT_SECRET", "the secret of MeetGate's client at the OpenID provider");
        others.put("MEETGATE_CONSOLE_ROLE", "the role that operators have at the OpenID provider");
        if (issuer == null) {
            others.keySet().stream()
                    .filter(name -> settings.value(name) != null)
                    .forEach(name -> mistakes.add(
                            "MEETGATE_CONSOLE_ISSUER is missing. Set it to the issuer of the OpenID provider to which %s belongs."
                                    .formatted(name)));
            return;
        }
        if (!isSafe(issuer)) {
            wrong(
                    "MEETGATE_CONSOLE_ISSUER",
                    "the https URL of the OpenID provider, without user and fragment (http is allowed for localhost)");
        }
        others.forEach(this::required);
    }

    private @Nullable String required(String name, String what) {
        String value = settings.value(name);
        if (value == null) {
            mistakes.add("%s is missing. Set it to %s.".formatted(name, what));
        }
        return value;
    }

    private void wrong(String name, String what) {
        mistakes.add("%s is wrong. Set it to %s.".formatted(name, what));
    }

    /** Whether a URL is https without user and fragment, or http on this machine. */
    static boolean isSafe(String url) {
        try {
            var uri = URI.create(url);
            String host = uri.getHost();
            return host != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawFragment() == null
                    && ("https".equals(uri.getScheme()) || ("http".equals(uri.getScheme()) && isLoopback(host)));
        } catch (IllegalArgumentException notAUri) {
            return false;
        }
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.matches("127(\\.\\d{1,3}){3}") || host.equals("[::1]");
    }
}
