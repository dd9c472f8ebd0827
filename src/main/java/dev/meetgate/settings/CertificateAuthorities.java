package dev.meetgate.settings;

import io.quarkus.arc.Unremovable;
import io.quarkus.tls.runtime.TrustStoreAndTrustOptions;
import io.quarkus.tls.runtime.TrustStoreProvider;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.config.ConfigMapping;
import io.vertx.core.Vertx;
import io.vertx.core.net.TrustOptions;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Trusts the certificate authorities of {@code MEETGATE_CA} besides those of Java, on the way to GoTo. */
@Singleton
@Unremovable
@Identifier(WayOut.NAME)
class CertificateAuthorities implements TrustStoreProvider {

    @ConfigMapping(prefix = "meetgate")
    interface CaConfig {

        /** Certificates in PEM. */
        Optional<String> ca();
    }

    private final Optional<String> further;

    CertificateAuthorities(CaConfig config) {
        further = config.ca();
    }

    /** The certificates in a text in PEM, none if it has no valid one. */
    static Collection<? extends Certificate> in(String pem) {
        try {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
        } catch (CertificateException notPem) {
            return List.of();
        }
    }

    /** Null without further authorities, because reading those of Java takes time. */
    @Override
    public @Nullable TrustStoreAndTrustOptions getTrustStore(Vertx vertx) {
        return further.map(CertificateAuthorities::withThoseOfJava).orElse(null);
    }

    static TrustStoreAndTrustOptions withThoseOfJava(String pem) {
        try {
            KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
            all.load(null, null);
            for (Certificate authority : trustManager(null).getAcceptedIssuers()) {
                all.setCertificateEntry(String.valueOf(all.size()), authority);
            }
            for (Certificate authority : in(pem)) {
                all.setCertificateEntry(String.valueOf(all.size()), authority);
            }
            return new TrustStoreAndTrustOptions(all, TrustOptions.wrap(trustManager(all)));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the certificate authorities cannot be used", e);
        }
    }

    private static X509TrustManager trustManager(@Nullable KeyStore authorities) throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(authorities);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager ofCertificates) {
                return ofCertificates;
            }
        }
        throw new IllegalStateException("no trust manager for certificates");
    }
}
