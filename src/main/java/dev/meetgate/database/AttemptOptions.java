package dev.meetgate.database;

import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.TrustOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Makes the options of attempts to connect, from those of the pool and the database's URL. */
final class AttemptOptions {

    /**
     * Ends an attempt to connect if the server has accepted it and stays silent. Idle connections end sooner.
     */
    private static final int SILENCE_SECONDS = 300;

    private final PgConnectOptions settings;
    private volatile @Nullable TrustOptions authorities;

    AttemptOptions(PgConnectOptions settings) {
        this.settings = settings;
    }

    /** Blocks. Must have run before {@link #of} is called with the URL. */
    void readAuthorities(DatabaseUrl url) {
        boolean verifies = url.tls() == DatabaseUrl.Tls.VERIFY_CA || url.tls() == DatabaseUrl.Tls.VERIFY_FULL;
        if (verifies && url.rootCertificates() == null && authorities == null) {
            authorities = authoritiesOfThisMachine();
        }
    }

    PgConnectOptions of(DatabaseUrl url, DatabaseUrl.Candidate attempt) {
        var options = new PgConnectOptions(settings)
                .setHost(attempt.host().name())
                .setPort(attempt.host().port())
                .setConnectTimeout((int) TimeUnit.SECONDS.toMillis(url.connectSeconds()))
                .setIdleTimeout(SILENCE_SECONDS)
                .setTcpKeepAlive(true)
                // The constructor does not copy it.
                .setUseLayer7Proxy(settings.getUseLayer7Proxy());
        url.session().forEach(options::addProperty);
        if (url.database() != null) {
            options.setDatabase(url.database());
        }
        if (url.user() != null) {
            options.setUser(url.user());
        }
        if (url.password() != null) {
            options.setPassword(url.password());
        }
        if (!attempt.encrypted()) {
            return options.setSslMode(SslMode.DISABLE);
        }
        return switch (url.tls()) {
            case VERIFY_FULL ->
                options.setSslMode(SslMode.VERIFY_FULL)
                        .setHostnameVerificationAlgorithm("HTTPS")
                        .setTrustOptions(trust(url.rootCertificates()));
            case VERIFY_CA ->
                options.setSslMode(SslMode.VERIFY_CA)
                        .setHostnameVerificationAlgorithm("")
                        .setTrustOptions(trust(url.rootCertificates()));
            case DISABLE, ALLOW, PREFER, REQUIRE ->
                options.setSslMode(SslMode.REQUIRE)
                        .setHostnameVerificationAlgorithm("")
                        .setTrustAll(true);
        };
    }

    private TrustOptions trust(@Nullable String certificates) {
        return certificates == null
                ? Objects.requireNonNull(authorities)
                : new PemTrustOptions().addCertPath(certificates);
    }

    private static TrustOptions authoritiesOfThisMachine() {
        try {
            var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509TrustManager ofThisMachine) {
                    return TrustOptions.wrap(ofThisMachine);
                }
            }
            throw new IllegalStateException("this machine has no certificate authorities");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the certificate authorities of this machine cannot be read", e);
        }
    }
}
