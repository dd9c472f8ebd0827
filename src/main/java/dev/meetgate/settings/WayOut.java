package dev.meetgate.settings;

import dev.meetgate.http.Outbound;
import io.vertx.core.net.ProxyOptions;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The proxy between MeetGate and GoTo, from {@code HTTPS_PROXY} and {@code NO_PROXY} as curl reads them. */
record WayOut(@Nullable String proxy, String exceptions) {

    static final String PROXY = "HTTPS_PROXY";
    static final String EXCEPTIONS = "NO_PROXY";

    static final String NAME = Outbound.NAME;

    static WayOut of(Settings settings) {
        String exceptions = either(settings, EXCEPTIONS);
        return new WayOut(either(settings, PROXY), exceptions == null ? "" : exceptions);
    }

    private static @Nullable String either(Settings settings, String name) {
        String value = settings.value(name);
        return value == null ? settings.value(name.toLowerCase(Locale.ROOT)) : value;
    }

    /** The proxy's URL, or null if the setting is not one. */
    @Nullable
    URI url() {
        if (proxy == null) {
            return null;
        }
        try {
            URI url = URI.create(proxy.contains("://") ? proxy : "http://" + proxy);
            boolean isPlain = "http".equalsIgnoreCase(url.getScheme()) && url.getHost() != null;
            boolean hasValidPort = url.getPort() != 0 && url.getPort() <= 65535;
            return isPlain
                            && hasValidPort
                            && url.getRawQuery() == null
                            && url.getRawPath().matches("/?")
                    ? url
                    : null;
        } catch (IllegalArgumentException notAUrl) {
            return null;
        }
    }

    /** The properties of Quarkus that send requests to these URLs through the proxy. */
    Map<String, String> properties(String tokenUrl, String apiUrl) {
        var properties = new TreeMap<String, String>();
        URI url = url();
        if (url == null) {
            return properties;
        }
        if (leadsTo(tokenUrl)) {
            properties.put("quarkus.oidc-client.proxy.proxy-configuration-name", NAME);
        }
        if (leadsTo(apiUrl)) {
            properties.put("quarkus.rest-client.proxy-configuration-name", NAME);
        }
        ProxyOptions options = options(url);
        String prefix = "quarkus.proxy." + NAME + ".";
        properties.put(prefix + "host", options.getHost());
        properties.put(prefix + "port", String.valueOf(options.getPort()));
        if (options.getUsername() != null) {
            properties.put(prefix + "username", options.getUsername());
            properties.put(prefix + "password", options.getPassword());
        }
        return properties;
    }

    static ProxyOptions options(URI proxy) {
        var options = new ProxyOptions().setHost(proxy.getHost()).setPort(proxy.getPort() < 0 ? 80 : proxy.getPort());
        if (proxy.getRawUserInfo() != null) {
            String[] credentials = proxy.getRawUserInfo().split(":", 2);
            options.setUsername(decoded(credentials[0]))
                    .setPassword(credentials.length == 1 ? "" : decoded(credentials[1]));
        }
        return options;
    }

    /** Whether requests to a URL use the proxy. Only https does: http is allowed for localhost alone. */
    boolean leadsTo(String target) {
        URI url = URI.create(target);
        return url() != null
                && url.getHost() != null
                && "https".equals(url.getScheme())
                && excepted().noneMatch(exception -> matches(exception, url.getHost(), url.getPort()));
    }

    private Stream<String> excepted() {
        return Arrays.stream(exceptions.toLowerCase(Locale.ROOT).split("[,\\s]+"))
                .filter(exception -> !exception.isEmpty());
    }

    /** An exception is {@code *}, or a domain with its subdomains, and may have a port. */
    private static boolean matches(String exception, String host, int port) {
        String domain =
                exception.replaceFirst(":" + (port < 0 ? 443 : port) + "$", "").replaceFirst("^\\*?\\.", "");
        String name = host.toLowerCase(Locale.ROOT);
        return exception.equals("*") || name.equals(domain) || name.endsWith("." + domain);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
