package dev.meetgate.caller;

import dev.meetgate.secret.Sha256;
import io.quarkus.security.AuthenticationFailedException;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** Finds the certificate that a client proved to have: to MeetGate, or to a trusted proxy. */
@Singleton
class ClientCertificates {

    private static final String HEADER = "Client-Cert";

    /** A byte sequence (RFC 8941 §3.3.5). */
    private static final Pattern BYTES = Pattern.compile(":([A-Za-z0-9+/=]*):");

    private final TrustedProxies proxies;

    ClientCertificates(TrustedProxies proxies) {
        this.proxies = proxies;
    }

    /** The SHA-256 of the certificate, or null if there is none. Fails if it is not valid now. */
    byte @Nullable [] sha256(HttpServerRequest request) {
        try {
            X509Certificate certificate = proxies.sent(request) ? fromHeader(request) : fromHandshake(request);
            if (certificate == null) {
                return null;
            }
            certificate.checkValidity();
            return Sha256.of(certificate.getEncoded());
        } catch (CertificateException | IllegalArgumentException invalid) {
            throw new AuthenticationFailedException(invalid);
        }
    }

    private static @Nullable X509Certificate fromHandshake(HttpServerRequest request) {
        if (!request.isSSL()) {
            return null;
        }
        try {
            return request.sslSession().getPeerCertificates()[0] instanceof X509Certificate certificate
                    ? certificate
                    : null;
        } catch (SSLPeerUnverifiedException none) {
            return null;
        }
    }

    /** As RFC 9440 §2.1 has it, or as nginx writes it: PEM, percent-encoded. */
    private static @Nullable X509Certificate fromHeader(HttpServerRequest request) throws CertificateException {
        List<String> values = request.headers().getAll(HEADER);
        if (values.isEmpty()) {
            return null;
        }
        String value = values.get(0).strip();
        if (values.size() > 1) {
            throw new CertificateException("more than one certificate");
        }
        var bytes = BYTES.matcher(value);
        byte[] encoded = bytes.matches()
                ? Base64.getDecoder().decode(bytes.group(1))
                : URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.US_ASCII)
                        .getBytes(StandardCharsets.US_ASCII);
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
    }
}
