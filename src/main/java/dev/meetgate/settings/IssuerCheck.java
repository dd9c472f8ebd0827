package dev.meetgate.settings;

import dev.meetgate.caller.Scopes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
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

    private final Mistakes mistakes;
    private final List<Tokens> seen = new ArrayList<>();

    private IssuerCheck(Mistakes mistakes) {
        this.mistakes = mistakes;
    }

    static void check(Mistakes mistakes, Collection<String> tenants) {
        var check = new IssuerCheck(mistakes);
        tenants.forEach(tenant -> check.check(Settings.TENANTS + tenant));
    }

    private void check(String prefix) {
        String issuer = mistakes.value(prefix + "_ISSUER");
        if (issuer == null) {
            List<String> withoutIssuer = Stream.of("_AUDIENCE", "_JWKS_URL", "_SUBJECTS", "_JWT_SCOPES")
                    .filter(name -> mistakes.value(prefix + name) != null)
                    .toList();
            if (!withoutIssuer.isEmpty()) {
                mistakes.missing(
                        prefix + "_ISSUER",
                        "the issuer of the tokens to which %s%s applies".formatted(prefix, withoutIssuer.get(0)));
            }
            return;
        }
        mistakes.check(
                prefix + "_ISSUER",
                Mistakes::isSafe,
                "the https URL that the tokens have as iss (http is allowed for localhost)");
        mistakes.check(
                prefix + "_JWKS_URL",
                Mistakes::isSafe,
                "the https URL of the issuer's JWK set (http is allowed for localhost)");
        String someScopes = "some of " + String.join(" ", Scopes.ALL);
        mistakes.notEmpty(prefix + "_JWT_SCOPES", someScopes);
        mistakes.check(prefix + "_JWT_SCOPES", TenantsCheck::areScopes, someScopes);
        mistakes.notEmpty(prefix + "_SUBJECTS", "the subjects of tokens that may call, separated by commas");
        String audience = mistakes.value(prefix + "_AUDIENCE");
        // Else the ID tokens of the console's operators would be access tokens.
        if (issuer.equals(mistakes.value("MEETGATE_CONSOLE_ISSUER"))
                && Objects.requireNonNullElse(audience, DEFAULT_AUDIENCE)
                        .equals(mistakes.value("MEETGATE_CONSOLE_CLIENT_ID"))) {
            mistakes.wrong(
                    prefix + "_AUDIENCE", "another name than MEETGATE_CONSOLE_CLIENT_ID, which has the same issuer");
        }
        checkOthers(new Tokens(prefix, issuer, audience, Set.copyOf(mistakes.list(prefix + "_SUBJECTS"))));
    }

    private void checkOthers(Tokens tokens) {
        seen.stream().filter(tokens::areAlso).findFirst().ifPresent(others -> {
            String what = "an audience that no other tenant with this issuer has, or set different subjects";
            Tokens lacking = tokens.audience() == null ? tokens : others;
            if (lacking.audience() == null) {
                mistakes.missing(lacking.prefix() + "_AUDIENCE", what);
            } else {
                mistakes.wrong(tokens.prefix() + "_AUDIENCE", what);
            }
        });
        seen.add(tokens);
    }
}
