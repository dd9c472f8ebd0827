package dev.meetgate.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WarningsTest {

    private final Map<String, String> settings = new HashMap<>();

    @ParameterizedTest
    @CsvSource({"foo, foo", "http://me:secret@proxy.example.com/, proxy.example.com"})
    void namesThePortOfAProxyWithoutOne(String proxy, String host) {
        settings.put("HTTPS_PROXY", proxy);

        assertEquals(
                List.of("HTTPS_PROXY has no port, so MeetGate uses port 80 of %s. Set it to http://%1$s:port."
                        .formatted(host)),
                warnings());
    }

    @Test
    void takesAProxyWithAPort() {
        settings.put("HTTPS_PROXY", "proxy:80");

        assertEquals(List.of(), warnings());
    }

    @Test
    void tellsThatNoCertificateCanReachMeetGate() {
        settings.put("MEETGATE_TENANTS_ACME_CERT_SHA256", "aa");
        assertEquals(1, warnings().size());
        assertEquals(
                "MEETGATE_TENANTS_ACME_CERT_SHA256 has no effect: no certificate reaches MeetGate. Set",
                warnings().get(0).split(" MEETGATE_TRUSTED_PROXIES,")[0]);

        settings.put("MEETGATE_TRUSTED_PROXIES", "10.0.0.1");
        assertEquals(List.of(), warnings());
    }

    @ParameterizedTest
    @CsvSource({
        "QUARKUS_HTTP_SSL_CERTIFICATE_FILES",
        "QUARKUS_HTTP_TLS_CONFIGURATION_NAME",
        "QUARKUS_HTTP_SSL_CERTIFICATE_KEY_STORE_FILE",
        "QUARKUS_TLS_KEY_STORE_PEM_0_CERT"
    })
    void takesCertificatesWhereMeetGateItselfHasTls(String name) {
        settings.putAll(Map.of("MEETGATE_TENANTS_ACME_CERT_SHA256", "aa", name, "x"));

        assertEquals(List.of(), warnings());
    }

    @ParameterizedTest
    @CsvSource({
        "QUARKUS_HTTP_SSL_CERTIFICATE_FILES, ''",
        "QUARKUS_HTTP_TLS_CONFIGURATION_NAME, ' '",
        "QUARKUS_HTTP_SSL_PORT, 8443",
        "QUARKUS_TLS_TRUST_STORE_PEM_CERTS, ca.pem"
    })
    void takesNoOtherVariableForTls(String name, String value) {
        settings.putAll(Map.of("MEETGATE_TENANTS_ACME_CERT_SHA256", "aa", name, value));

        assertEquals(1, warnings().size());
    }

    @Test
    void namesAKeyThatIsOver() {
        settings.put("MEETGATE_TENANTS_BIG_CORP_KEYS_CRON_EXPIRES", "2020-01-01T00:00:00Z ");
        settings.put("MEETGATE_TENANTS_BIG_CORP_KEYS_NEW_EXPIRES", "9999-01-01T00:00:00Z");
        settings.put("MEETGATE_TENANTS_BIG_CORP_KEYS_ODD_EXPIRES", "tomorrow");

        assertEquals(
                List.of("The key cron of the tenant big-corp has reached its end"
                        + " (MEETGATE_TENANTS_BIG_CORP_KEYS_CRON_EXPIRES). Remove it from the settings."),
                warnings());
    }

    private List<String> warnings() {
        return Warnings.in(Settings.of(settings));
    }
}
