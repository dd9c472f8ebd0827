package dev.meetgate.caller;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/** The issuers of JWTs in the settings. Tenants with the same issuer share its keys. */
@Singleton
class Issuers {

    private static final String DISCOVERY = "/.well-known/openid-configuration";
    private static final Pattern SAFE =
            Pattern.compile("https://.+|http://(localhost|127\\.\\d+\\.\\d+\\.\\d+|\\[::1])[:/].*");

    private record Source(String issuer, @Nullable String jwksUrl, boolean byProxy) {}

    private final List<Issuer> all = new ArrayList<>();
    private final Set<String> names;
    private final IssuerClient client;

    Issuers(TenantsConfig config, Tenants tenants, IssuerClient client) {
        this.client = client;
        var keys = new HashMap<Source, IssuerKeys>();
        config.byName().forEach((name, settings) -> settings.issuer().ifPresent(issuer -> {
            Tenant tenant = tenants.named(name);
            if (tenant != null) {
                all.add(issuer(tenant, issuer.strip(), settings, keys));
            }
        }));
        names = all.stream().map(Issuer::name).collect(Collectors.toSet());
    }

    private Issuer issuer(
            Tenant tenant, String name, TenantsConfig.TenantConfig settings, Map<Source, IssuerKeys> keys) {
        var source = new Source(name, settings.jwksUrl().map(String::strip).orElse(null), settings.issuerByProxy());
        return new Issuer(
                tenant,
                name,
                settings.audience().strip(),
                settings.subjects().stream()
                        .flatMap(List::stream)
                        .map(String::strip)
                        .collect(Collectors.toSet()),
                settings.jwtScopes().map(Scopes::in).orElse(Scopes.ALL),
                keys.computeIfAbsent(source, absent -> new IssuerKeys(name, () -> ask(source))));
    }

    boolean hasNone() {
        return all.isEmpty();
    }

    boolean hasOne(@Nullable String name) {
        return name != null && names.contains(name);
    }

    /** The issuers with the tenants that these claims mean. More than one if the claims are ambiguous. */
    List<Issuer> meantBy(JwtClaims claims) {
        return all.stream().filter(issuer -> issuer.isMeantBy(claims)).toList();
    }

    private Uni<List<JsonWebKey>> ask(Source source) {
        Uni<String> jwksUrl = source.jwksUrl() == null
                ? client.get(URI.create(source.issuer().replaceFirst("/+$", "") + DISCOVERY), source.byProxy())
                        .map(metadata -> jwksUrl(metadata, source.issuer()))
                : Uni.createFrom().item(source.jwksUrl());
        return jwksUrl.flatMap(url -> client.get(URI.create(url), source.byProxy()))
                .map(Issuers::keys);
    }

    /** Fails unless the metadata (RFC 8414 §3.3) is the issuer's own and leads to a safe address. */
    private static String jwksUrl(String metadata, String issuer) {
        try {
            var json = new JsonObject(metadata);
            String url = json.getString("jwks_uri");
            if (!issuer.equals(json.getString("issuer"))) {
                throw new IllegalArgumentException("its metadata names another issuer");
            }
            if (url == null || !SAFE.matcher(url).matches()) {
                throw new IllegalArgumentException("its metadata has no jwks_uri with https");
            }
            return url;
        } catch (DecodeException | ClassCastException nonsense) {
            throw new IllegalArgumentException("its metadata is not readable", nonsense);
        }
    }

    /** The public keys of a JWK set (RFC 7517) that verify signatures. Fails if there are none. */
    private static List<JsonWebKey> keys(String jwks) {
        try {
            List<JsonWebKey> keys = new JsonWebKeySet(jwks)
                    .getJsonWebKeys().stream()
                            .filter(key -> key instanceof PublicJsonWebKey && key.getKey() != null)
                            .filter(key -> key.getUse() == null || key.getUse().equals("sig"))
                            .toList();
            if (keys.isEmpty()) {
                throw new IllegalArgumentException("its key set has no usable key");
            }
            return keys;
        } catch (JoseException nonsense) {
            throw new IllegalArgumentException("its key set is not readable", nonsense);
        }
    }
}
