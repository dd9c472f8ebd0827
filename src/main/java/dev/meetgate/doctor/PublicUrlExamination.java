package dev.meetgate.doctor;

import java.net.InetAddress;
import java.net.URI;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Where browsers reach MeetGate, and what to register at GoTo. */
final class PublicUrlExamination {

    private static final String CHECK = "public URL";

    private final Deployment deployment;
    private final Probe probe;

    PublicUrlExamination(Deployment deployment, Probe probe) {
        this.deployment = deployment;
        this.probe = probe;
    }

    void examine(Findings findings) {
        String url = publicUrl(deployment);
        if (url == null) {
            findings.skipped(CHECK, "Not examined: MEETGATE_PUBLIC_URL is missing or wrong.");
            return;
        }
        findings.ok(
                "redirect URI", "Register exactly this one for the OAuth client at GoTo: %s/callback".formatted(url));
        if (url.startsWith("http:")) {
            findings.warning(
                    CHECK,
                    "Browsers of this machine alone reach %s. Set MEETGATE_PUBLIC_URL to the https URL for people."
                            .formatted(url));
            return;
        }
        try {
            String addresses = probe.addresses(URI.create(url).getHost()).stream()
                    .map(InetAddress::getHostAddress)
                    .collect(Collectors.joining(", "));
            findings.ok(CHECK, "%s is https and resolves to %s.".formatted(url, addresses));
        } catch (Trouble trouble) {
            findings.warning(
                    CHECK,
                    "%s cannot be looked up here: %s. Browsers must be able to. Correct MEETGATE_PUBLIC_URL or the DNS."
                            .formatted(url, trouble.getMessage()));
        }
    }

    /** Without a slash at its end. Null if the setting is missing or wrong. */
    static @Nullable String publicUrl(Deployment deployment) {
        String url = deployment.right("MEETGATE_PUBLIC_URL");
        return url == null ? null : url.replaceAll("/+$", "");
    }
}
