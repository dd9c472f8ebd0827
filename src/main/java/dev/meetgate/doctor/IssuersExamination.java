package dev.meetgate.doctor;

import dev.meetgate.issuer.IssuerMetadata;
import java.util.LinkedHashSet;
import org.jspecify.annotations.Nullable;

/** The issuers of the tenants' JWTs, and that of the console: their metadata and keys. */
final class IssuersExamination {

    private record Source(String issuer, @Nullable String jwksUrl) {}

    private final Deployment deployment;
    private final Probe probe;

    IssuersExamination(Deployment deployment, Probe probe) {
        this.deployment = deployment;
        this.probe = probe;
    }

    void examine(Findings findings) {
        var sources = new LinkedHashSet<Source>();
        for (String tenant : deployment.tenants()) {
            String issuer = deployment.right(tenant + "_ISSUER");
            if (issuer != null) {
                sources.add(new Source(issuer, deployment.right(tenant + "_JWKS_URL")));
            }
        }
        sources.forEach(source -> examine("issuer", source, findings));
        String console = deployment.right("MEETGATE_CONSOLE_ISSUER");
        if (console != null) {
            console(console, findings);
        }
    }

    private void console(String issuer, Findings findings) {
        examine("console", new Source(issuer, null), findings);
        String publicUrl = PublicUrlExamination.publicUrl(deployment);
        if (publicUrl != null) {
            findings.ok(
                    "console",
                    "Register exactly this redirect URI for its client at %s: %s/console/callback"
                            .formatted(issuer, publicUrl));
        }
    }

    private void examine(String check, Source source, Findings findings) {
        String url = source.jwksUrl() == null ? IssuerMetadata.address(source.issuer()) : source.jwksUrl();
        String setting = source.jwksUrl() == null ? "the issuer's URL" : "the JWKS URL";
        try {
            if (source.jwksUrl() == null) {
                url = IssuerMetadata.jwksUrl(body(url), source.issuer());
            }
            int keys = IssuerMetadata.keys(body(url)).size();
            findings.ok(check, "%s has %d key%s at %s.".formatted(source.issuer(), keys, keys == 1 ? "" : "s", url));
        } catch (Trouble trouble) {
            findings.warning(
                    check,
                    "%s gives no keys. %s cannot be reached: %s. Correct %s, or %s."
                            .formatted(source.issuer(), url, trouble.getMessage(), setting, probe.wayTo(url)));
        } catch (IllegalArgumentException nonsense) {
            findings.wrong(
                    check,
                    "%s gives no keys: %s. Correct %s.".formatted(source.issuer(), nonsense.getMessage(), setting));
        }
    }

    private String body(String url) throws Trouble {
        Probe.Answer answer = probe.get(url);
        if (answer.status() != 200) {
            throw new IllegalArgumentException("%s answers %d".formatted(url, answer.status()));
        }
        return answer.body();
    }
}
