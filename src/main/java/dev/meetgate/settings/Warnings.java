package dev.meetgate.settings;

import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;

/** Tells at start what is probably not meant. The doctor tells it, too. */
@Singleton
class Warnings {

    void log(@Observes StartupEvent start) {
        in(Settings.ofThisProcess()).forEach(Log::warn);
    }

    static List<String> in(Settings settings) {
        var warnings = new ArrayList<String>();
        URI proxy = WayOut.of(settings).url();
        if (proxy != null && proxy.getPort() < 0) {
            warnings.add("%s has no port, so MeetGate uses port 80 of %s. Set it to http://%2$s:port."
                    .formatted(WayOut.PROXY, proxy.getHost()));
        }
        boolean getsCertificates = settings.value("MEETGATE_TRUSTED_PROXIES") != null || settings.hasTls();
        settings.given().forEach((name, value) -> {
            Matcher tenant = Settings.TENANT.matcher(name);
            if (tenant.matches() && "CERT_SHA256".equals(tenant.group(2)) && !value.isBlank() && !getsCertificates) {
                warnings.add(("%s has no effect: no certificate reaches MeetGate. Set MEETGATE_TRUSTED_PROXIES, or"
                                + " QUARKUS_HTTP_SSL_CERTIFICATE_FILES and QUARKUS_HTTP_SSL_CERTIFICATE_KEY_FILES.")
                        .formatted(name));
            } else if (tenant.matches() && "EXPIRES".equals(tenant.group(4)) && isOver(value.strip())) {
                warnings.add("The key %s of the tenant %s has reached its end (%s). Remove it from the settings."
                        .formatted(Settings.kebab(tenant.group(3)), Settings.kebab(tenant.group(1)), name));
            }
        });
        return warnings;
    }

    private static boolean isOver(String end) {
        return TenantsCheck.isTime(end) && Instant.parse(end).isBefore(Instant.now());
    }
}
