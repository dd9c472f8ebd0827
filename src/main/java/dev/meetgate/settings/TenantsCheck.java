package dev.meetgate.settings;

import dev.meetgate.caller.Scopes;
import dev.meetgate.pages.Color;
import dev.meetgate.pages.Logo;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the mistakes in the settings of tenants and their credentials. */
final class TenantsCheck {

    private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");
    private static final Pattern WEBHOOK_SECRET = Pattern.compile("whsec_([A-Za-z0-9+/]+=*)");

    /** The hashes of demo-key, other-key, careful-key, nothing and an empty line. */
    private static final Set<String> WELL_KNOWN = Set.of(
            "c48a01f49fd0f2cc404bc3cbbc80e91457a3d41bb429a695243de4c61794155c",
            "580843d03d2216ff1a275d0991bad66e4d1af871171d929e9de604b7959f9bca",
            "e4492ec21dce2daef2015223d1fe0a76e96d00357a0d1014f1b86cfe752dbbfd",
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "01ba4719c80b6fe911b091a7c05124b64eeece964e09c058ef8f9805daca546b");

    private final Mistakes mistakes;

    /** Which setting has a hash. */
    private final Map<String, String> owners = new HashMap<>();

    private TenantsCheck(Mistakes mistakes) {
        this.mistakes = mistakes;
    }

    static void check(Settings settings, Mistakes mistakes) {
        SortedMap<String, Set<String>> keysOfTenants = keysOfTenants(settings);
        if (keysOfTenants.isEmpty()) {
            mistakes.missing(
                    "MEETGATE_TENANTS_<NAME>_API_KEY_SHA256",
                    "the SHA-256 of the API key of at least one tenant, in hex (printf %s \"$KEY\" | sha256sum)");
        }
        var check = new TenantsCheck(mistakes);
        keysOfTenants.forEach((tenant, keys) -> check.tenant(Settings.TENANTS + tenant, keys));
        IssuerCheck.check(mistakes, keysOfTenants.keySet());
    }

    private static SortedMap<String, Set<String>> keysOfTenants(Settings settings) {
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
        return keysOfTenants;
    }

    private void tenant(String prefix, Set<String> keys) {
        boolean needsNoKey = !keys.isEmpty()
                || mistakes.value(prefix + "_ISSUER") != null
                || mistakes.value(prefix + "_CERT_SHA256") != null;
        if (mistakes.value(prefix + "_API_KEY_SHA256") != null || !needsNoKey) {
            keyHashes(prefix + "_API_KEY_SHA256");
        }
        keys.forEach(key -> key(prefix + "_KEYS_" + key));
        mistakes.value(prefix + "_DISPLAY_NAME");
        webhook(prefix + "_WEBHOOK_URL", prefix + "_WEBHOOK_SECRET");
        mistakes.flag(prefix + "_CONFIRM");
        logo(prefix + "_LOGO_FILE");
        mistakes.check(prefix + "_COLOR", Color::isColor, "# and six hex digits, such as #0b6157");
        mistakes.url(prefix + "_PRIVACY_URL");
        mistakes.urls(prefix + "_RETURN_URLS");
        mistakes.check(
                prefix + "_DEFAULT_RETURN_URL", url -> Mistakes.isSafe(url) && !url.contains(","), Mistakes.A_URL);
        certificates(prefix + "_CERT_SHA256");
    }

    private void keyHashes(String name) {
        String what = "the SHA-256 of the tenant's API key, 64 hex digits. Separate several by commas";
        mistakes.required(name, what);
        for (String hash : mistakes.list(name)) {
            if (!SHA256.matcher(hash).matches()) {
                mistakes.wrong(name, what);
            } else if (WELL_KNOWN.contains(hash.toLowerCase(Locale.ROOT)) && isForOthers()) {
                mistakes.wrong(name, "the SHA-256 of a random key. Everybody knows this one");
            } else if (isUsed(hash, name)) {
                mistakes.wrong(name, "the SHA-256 of a key that no other entry uses");
            }
        }
    }

    private boolean isUsed(String hash, String name) {
        return owners.put(hash.toLowerCase(Locale.ROOT), name) != null;
    }

    /** Whether others than this machine reach MeetGate. */
    private boolean isForOthers() {
        String url = mistakes.value("MEETGATE_PUBLIC_URL");
        return url == null || !url.startsWith("http:");
    }

    private void key(String prefix) {
        keyHashes(prefix + "_SHA256");
        String someScopes = "some of " + String.join(" ", Scopes.ALL);
        mistakes.notEmpty(prefix + "_SCOPES", someScopes);
        mistakes.check(prefix + "_SCOPES", TenantsCheck::areScopes, someScopes);
        String aTime = "a time such as 2027-01-15T09:00:00Z";
        mistakes.notEmpty(prefix + "_EXPIRES", aTime);
        mistakes.check(prefix + "_EXPIRES", TenantsCheck::isTime, aTime);
    }

    static boolean areScopes(String scopes) {
        return Scopes.ALL.containsAll(Scopes.in(scopes));
    }

    static boolean isTime(String text) {
        try {
            Instant.parse(text);
            return true;
        } catch (DateTimeParseException notATime) {
            return false;
        }
    }

    private void certificates(String name) {
        for (String hash : mistakes.list(name)) {
            if (!SHA256.matcher(hash).matches()) {
                mistakes.wrong(
                        name,
                        "the SHA-256 of the DER of a client certificate, 64 hex digits. Separate several by commas");
            } else if (isUsed(hash, name)) {
                mistakes.wrong(name, "the SHA-256 of a certificate that no other entry uses");
            }
        }
    }

    private void webhook(String urlName, String secretName) {
        boolean mayBePrivate = "true".equals(mistakes.value("MEETGATE_WEBHOOK_PRIVATE_TARGETS"));
        mistakes.check(
                urlName,
                url -> Mistakes.isSafe(url) && (mayBePrivate || url.startsWith("https:")),
                "an https URL without user and fragment (http is allowed for localhost where"
                        + " MEETGATE_WEBHOOK_PRIVATE_TARGETS is true)");
        String what = "whsec_ and 24 to 64 random bytes in base64 (echo whsec_$(openssl rand -base64 32))."
                + " Separate several by commas; all sign";
        if (mistakes.value(urlName) != null) {
            mistakes.required(secretName, what);
        } else if (mistakes.value(secretName) != null) {
            mistakes.add("%s is set without %s. Set both.".formatted(secretName, urlName));
            return;
        }
        if (!mistakes.list(secretName).stream().allMatch(TenantsCheck::isWebhookSecret)) {
            mistakes.wrong(secretName, what);
        }
    }

    private static boolean isWebhookSecret(String text) {
        Matcher secret = WEBHOOK_SECRET.matcher(text);
        try {
            int length = secret.matches() ? Base64.getDecoder().decode(secret.group(1)).length : 0;
            return length >= 24 && length <= 64;
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    private void logo(String name) {
        String file = mistakes.value(name);
        if (file != null) {
            try {
                Logo.read(file);
            } catch (IllegalArgumentException mistake) {
                mistakes.add("%s is wrong: %s. Set it to a PNG, or an SVG without scripts, of at most 64 KB."
                        .formatted(name, mistake.getMessage()));
            }
        }
    }
}
