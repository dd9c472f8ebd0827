package dev.meetgate.doctor;

import dev.meetgate.events.PublicAddress;
import java.net.InetAddress;
import java.net.URI;

/** The receivers of events. They are connected to, and get nothing. */
final class WebhooksExamination {

    private static final String CHECK = "webhook";

    private final Deployment deployment;
    private final Probe probe;

    WebhooksExamination(Deployment deployment, Probe probe) {
        this.deployment = deployment;
        this.probe = probe;
    }

    void examine(Findings findings) {
        for (String tenant : deployment.tenants()) {
            String name = tenant + "_WEBHOOK_URL";
            String url = deployment.right(name);
            if (url != null) {
                examine(name, URI.create(url), findings);
            }
        }
    }

    private void examine(String name, URI url, Findings findings) {
        String host = url.getScheme() + "://" + url.getAuthority();
        try {
            // A proxy looks up the names itself.
            if (deployment.proxyTo(url.toString()) == null) {
                for (InetAddress address : probe.addresses(url.getHost())) {
                    if (!mayBePrivate() && !PublicAddress.isPublic(address)) {
                        findings.wrong(
                                CHECK,
                                "%s has the address %s, which is not public: nothing is sent there. Correct %s, or set MEETGATE_WEBHOOK_PRIVATE_TARGETS to true."
                                        .formatted(host, address.getHostAddress(), name));
                        return;
                    }
                }
            }
            probe.connect(url);
            findings.ok(CHECK, "%s accepts connections. No event was sent.".formatted(host));
        } catch (Trouble trouble) {
            findings.warning(
                    CHECK,
                    "%s cannot be reached: %s. Correct %s, or %s."
                            .formatted(host, trouble.getMessage(), name, probe.wayTo(url.toString())));
        }
    }

    private boolean mayBePrivate() {
        return "true".equals(deployment.value("MEETGATE_WEBHOOK_PRIVATE_TARGETS"));
    }
}
