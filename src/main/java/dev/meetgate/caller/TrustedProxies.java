package dev.meetgate.caller;

import io.smallrye.config.ConfigMapping;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The proxies in front of MeetGate. Headers from other addresses are ignored. */
@Singleton
public class TrustedProxies {

    private static final String FORWARDED_FOR = "X-Forwarded-For";

    @ConfigMapping(prefix = "meetgate")
    interface ProxiesConfig {

        /** Addresses and networks. Default: none. */
        Optional<List<String>> trustedProxies();
    }

    private final List<Network> networks;

    TrustedProxies(ProxiesConfig config) {
        networks = config.trustedProxies().stream()
                .flatMap(List::stream)
                .map(Network::of)
                .toList();
    }

    /** Whether the request comes from a trusted proxy, whose {@code Client-Cert} counts. */
    boolean sent(HttpServerRequest request) {
        return !networks.isEmpty() && trusts(Network.address(peer(request)));
    }

    private boolean trusts(@Nullable InetAddress address) {
        return address != null && networks.stream().anyMatch(network -> network.contains(address));
    }

    /** The address of the client: the last one before the trusted proxies, as these tell it. */
    public String clientAddress(HttpServerRequest request) {
        String client = peer(request);
        if (sent(request)) {
            String[] forwarded =
                    String.join(",", request.headers().getAll(FORWARDED_FOR)).split(",", -1);
            for (int last = forwarded.length - 1; last >= 0 && trusts(Network.address(client)); last--) {
                InetAddress before = Network.address(withoutPort(forwarded[last].strip()));
                if (before == null) {
                    return client;
                }
                client = before.getHostAddress();
            }
        }
        return client;
    }

    private static String peer(HttpServerRequest request) {
        String address = request.remoteAddress().hostAddress();
        return address == null ? "local" : address;
    }

    /** Some proxies add the port: {@code 192.0.2.1:4711} or {@code [2001:db8::1]:4711}. */
    private static String withoutPort(String address) {
        return address.replaceFirst("^(\\d+(?:\\.\\d+){3}):\\d+$", "$1").replaceFirst("^\\[(.*)](?::\\d+)?$", "$1");
    }
}
