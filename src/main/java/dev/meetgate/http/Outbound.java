package dev.meetgate.http;

import io.quarkus.proxy.ProxyConfiguration;
import io.quarkus.proxy.ProxyConfigurationRegistry;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.quarkus.tls.runtime.config.TlsConfigUtils;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.ProxyOptions;
import jakarta.inject.Singleton;
import java.util.Optional;

/** The way out for HTTP clients: the proxy and the certificate authorities of the settings. */
@Singleton
public class Outbound {

    /** The name of MeetGate's proxy and TLS configurations in Quarkus. */
    public static final String NAME = "goto";

    private final Vertx vertx;
    private final TlsConfigurationRegistry tls;
    private final ProxyConfigurationRegistry proxies;

    Outbound(Vertx vertx, TlsConfigurationRegistry tls, ProxyConfigurationRegistry proxies) {
        this.vertx = vertx;
        this.tls = tls;
        this.proxies = proxies;
    }

    /** Fails if the settings have no proxy. */
    public ProxyOptions proxy() {
        ProxyConfiguration proxy = proxies.get(Optional.of(NAME)).orElseThrow();
        return new ProxyOptions()
                .setHost(proxy.host())
                .setPort(proxy.port())
                .setUsername(proxy.username().orElse(null))
                .setPassword(proxy.password().orElse(null));
    }

    /** Options with the further authorities, if there are some. Reading those takes time. */
    public HttpClientOptions options() {
        var options = new HttpClientOptions();
        tls.get(NAME)
                .filter(further -> further.getTrustStore() != null)
                .ifPresent(further -> TlsConfigUtils.configure(options, further));
        return options;
    }

    /** Closed with Vert.x. A client of a request's context would be closed before its requests end. */
    public HttpClient client(HttpClientOptions options, PoolOptions pool) {
        var vertx = (VertxInternal) this.vertx;
        return vertx.createHttpPoolClient(options, pool, vertx.closeFuture());
    }
}
