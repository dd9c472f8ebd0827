package dev.meetgate.caller;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.TrustOptions;
import jakarta.inject.Singleton;
import java.security.cert.X509Certificate;
import javax.net.ssl.X509TrustManager;

/**
 * Asks TLS clients for a certificate, where the settings have a use for it.
 *
 * <p>The handshake proves that the client has the certificate's private key. The SHA-256
 * identifies the client. No authority is asked, unless the operator has set a trust store.
 */
@Singleton
class TlsClients implements HttpServerOptionsCustomizer {

    private static final X509TrustManager ANY = new X509TrustManager() {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String algorithm) {
            // ClientCertificates compares the SHA-256.
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String algorithm) {
            throw new IllegalStateException("for clients only");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    };

    private final TenantsConfig config;

    TlsClients(TenantsConfig config) {
        this.config = config;
    }

    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
        boolean useful = config.byName().values().stream()
                .anyMatch(tenant ->
                        tenant.certSha256().isPresent() || tenant.issuer().isPresent());
        if (useful) {
            options.setClientAuth(ClientAuth.REQUEST);
            if (options.getTrustOptions() == null) {
                options.setTrustOptions(TrustOptions.wrap(ANY));
            }
        }
    }
}
