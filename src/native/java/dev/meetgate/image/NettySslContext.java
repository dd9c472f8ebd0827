package dev.meetgate.image;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.CipherSuiteFilter;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextOption;
import io.netty.handler.ssl.SslProvider;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Keeps OpenSSL out of the binary. Quarkus replaces Netty's method for that; since 4.1.139, Netty calls another
 * one, with {@code startTls}, which only OpenSSL uses. Delete this file when the build works without it.
 */
@TargetClass(SslContext.class)
final class NettySslContext {

    private NettySslContext() {}

    @Substitute
    static SslContext newClientContextInternal(
            @Nullable SslProvider provider,
            @Nullable Provider sslContextProvider,
            X509Certificate @Nullable [] trustCert,
            @Nullable TrustManagerFactory trustManagerFactory,
            X509Certificate @Nullable [] keyCertChain,
            @Nullable PrivateKey key,
            @Nullable String keyPassword,
            @Nullable KeyManagerFactory keyManagerFactory,
            @Nullable Iterable<String> ciphers,
            CipherSuiteFilter cipherFilter,
            @Nullable ApplicationProtocolConfig protocolConfig,
            String @Nullable [] protocols,
            long sessionCacheSize,
            long sessionTimeout,
            boolean startTls,
            boolean enableOcsp,
            @Nullable SecureRandom secureRandom,
            @Nullable String keyStoreType,
            @Nullable String endpointIdentificationAlgorithm,
            Map.Entry<SslContextOption<?>, Object>[] options)
            throws SSLException {
        Object context = new JdkContext(
                sslContextProvider,
                trustCert,
                trustManagerFactory,
                keyCertChain,
                key,
                keyPassword,
                keyManagerFactory,
                ciphers,
                cipherFilter,
                protocolConfig,
                protocols,
                sessionCacheSize,
                sessionTimeout,
                secureRandom,
                keyStoreType,
                endpointIdentificationAlgorithm,
                new Resumption());
        return (SslContext) context;
    }

    @TargetClass(className = "io.netty.handler.ssl.JdkSslClientContext")
    static final class JdkContext {

        @Alias
        JdkContext(
                @Nullable Provider sslContextProvider,
                X509Certificate @Nullable [] trustCert,
                @Nullable TrustManagerFactory trustManagerFactory,
                X509Certificate @Nullable [] keyCertChain,
                @Nullable PrivateKey key,
                @Nullable String keyPassword,
                @Nullable KeyManagerFactory keyManagerFactory,
                @Nullable Iterable<String> ciphers,
                CipherSuiteFilter cipherFilter,
                @Nullable ApplicationProtocolConfig protocolConfig,
                String @Nullable [] protocols,
                long sessionCacheSize,
                long sessionTimeout,
                @Nullable SecureRandom secureRandom,
                @Nullable String keyStoreType,
                @Nullable String endpointIdentificationAlgorithm,
                Resumption resumptionController)
                throws SSLException {}
    }

    @TargetClass(className = "io.netty.handler.ssl.ResumptionController")
    static final class Resumption {

        @Alias
        Resumption() {}
    }
}
