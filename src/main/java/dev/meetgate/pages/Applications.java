package dev.meetgate.pages;

import dev.meetgate.caller.Tenant;
import dev.meetgate.caller.Tenants;
import dev.meetgate.secret.Sha256;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;

/** The tenants as people see them, with the logos and colors of those that have some. */
@Singleton
public class Applications {

    private static final String LOGOS = "/logos/";

    private final Tenants tenants;
    private final Map<String, String> addresses = new HashMap<>();
    private final Map<String, Logo> logos = new HashMap<>();
    private final Map<String, Color> styles = new HashMap<>();

    Applications(Tenants tenants) {
        this.tenants = tenants;
        for (String name : tenants.names()) {
            Tenant tenant = tenants.named(name);
            if (tenant != null && tenant.look().logoFile() != null) {
                Logo logo = Logo.read(tenant.look().logoFile());
                String address = LOGOS + fileName(logo);
                addresses.put(name, address);
                logos.put(address, logo);
            }
            if (tenant != null && tenant.look().color() != null) {
                var color = new Color(tenant.look().color());
                styles.put(style(color), color);
            }
        }
    }

    /** The application of a tenant, also of one whose settings were removed. */
    public Application of(String tenantName) {
        Tenant tenant = tenants.named(tenantName);
        if (tenant == null) {
            return new Application(tenantName, null, null, null, null);
        }
        Color color =
                tenant.look().color() == null ? null : new Color(tenant.look().color());
        return new Application(
                tenant.displayName(),
                addresses.get(tenantName),
                color,
                color == null ? null : style(color),
                tenant.look().privacyUrl());
    }

    private static String style(Color color) {
        return LOGOS + color.hex().substring(1).toLowerCase(Locale.ROOT) + ".css";
    }

    /** The name tells nothing about the tenant, and changes with the content. */
    private static String fileName(Logo logo) {
        byte[] hash = Sha256.of(logo.content().getBytes());
        return HexFormat.of().formatHex(hash, 0, 16) + "." + logo.type().name().toLowerCase(Locale.ROOT);
    }

    void route(@Observes Router router) {
        logos.forEach((address, logo) -> router.route(address)
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .handler(context -> answer(context, logo)));
        styles.forEach((address, color) -> router.route(address)
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .handler(context -> context.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, "text/css;charset=UTF-8")
                        .putHeader(HttpHeaders.CACHE_CONTROL, StaticFiles.A_DAY)
                        .end(color.styleSheet())));
    }

    /** Scripts in a picture do not run, even if a person opens the picture as a page. */
    private static void answer(RoutingContext context, Logo logo) {
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, logo.type().mediaType())
                .putHeader(HttpHeaders.CACHE_CONTROL, StaticFiles.FOR_EVER)
                .putHeader(
                        "Content-Security-Policy",
                        "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'")
                .end(logo.content());
    }
}
