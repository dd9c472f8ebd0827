package dev.meetgate.settings;

import dev.meetgate.caller.Scopes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the mistakes in what the settings say of tenants' JWTs. */
final class IssuerCheck {

    private static final String DEFAULT_AUDIENCE = "meetgate";

    /** What tells the JWTs of tenants apart. No subjects are all subjects. */
    private record Tokens(
            String prefix, String issuer, @Nullable String audience, Set<String> subjects) {

        boolean areAlso(Tokens others) {
            return issuer.equals(others.issuer)
                    && Objects.requireNonNullElse(audience, DEFAULT_AUDIENCE)
                            .equals(Objects.requireNonNullElse(others.audience, DEFAULT_AUDIENCE))
                    && (subjects.isEmpty()
                            || others.subjects.isEmpty()
                            || !Collections.disjoint(subjects, others.subjects));
        }
    }

    private final Settings settings;
    private final List<String> mistakes = new ArrayList<>();
    private final List<Tokens> seen = new ArrayList<>();

    private IssuerCheck(Settings settings) {
        this.settings = settings;
    }

    static List<String> mistakes(Settings settings, Collection<String> tenants) {
        var check = new IssuerCheck(settings);
        tenants.forEach(tenant -> check.check(Settings.TENANTS + tenant));
        return check.mistakes;
    }

    private void check(String prefix) {
        String issuer = settings.value(prefix + "_ISSUER");
        String audience = settings.value(prefix + "_AUDIENCE");
        String jwksUrl = settings.value(prefix + "_JWKS_URL");
        String subjects = settings.value(prefix + "_SUBJECTS");
        String scopes = settings.value(prefix + "_JWT_SCOPES");
        if (issuer == null) {
            for (String name : List.of("_AUDIENCE", "_JWKS_URL", "_SUBJECTS", "_JWT_SCOPES")) {
                if (settings.value(prefix + name) != null) {
                    mistakes.add("%s_ISSUER is missing. Set it to the issuer of the tokens to which %1$s%s applies."
                            .formatted(prefix, name));
                    return;
                }
            }
            return;
        }
        if (!SettingsCheck.isSafe(issuer)) {
            wrong(prefix + "_ISSUER", "the https URL that the tokens have as iss (http is allowed for localhost)");
        }
        if (jwksUrl != null && !SettingsCheck.isSafe(jwksUrl)) {
            wrong(prefix + "_JWKS_URL", "the https URL of the issuer's JWK set (http is allowed for localhost)");
        }
        if (scopes != null && !Scopes.ALL.containsAll(Scopes.in(scopes))) {
            wrong(prefix + "_JWT_SCOPES", "some of " + String.join(" ", Scopes.ALL));
        }
        // Else the ID tokens of the console's operators would be access tokens.
        if (issuer.equals(settings.value("MEETGATE_CONSOLE_ISSUER"))
                && Objects.requireNonNullElse(audience, DEFAULT_AUDIENCE)
                        .equals(settings.value("MEETGATE_CONSOLE_CLIENT_ID"))) {
            wrong(prefix + "_AUDIENCE", "another name than MEETGATE_CONSOLE_CLIENT_ID, which has the same issuer");
        }
        checkOthers(new Tokens(prefix, issuer, audience, subjects == null ? Set.of() : split(subjects)));
    }

    private void checkOthers(Tokens tokens) {
        seen.stream().filter(tokens::areAlso).findFirst().ifPresent(others -> {
            String what = "an audience that no other tenant with this issuer has, or set different subjects";
            Tokens lacking = tokens.audience() == null ? tokens : others;
            if (lacking.audience() == null) {
                mistakes.add("%s_AUDIENCE is missing. Set it to %s.".formatted(lacking.prefix(), what));
            } else {
                wrong(tokens.prefix() + "_AUDIENCE", what);
            }
        });
        seen.add(tokens);
    }

    private static Set<String> split(String subjects) {
        return Arrays.stream(subjects.split(",")).map(String::strip).collect(Collectors.toCollection(TreeSet::new));
    }

    private void wrong(String name, String what) {
        mistakes.add("%s is wrong. Set it to %s.".formatted(name, what));
    }
}
