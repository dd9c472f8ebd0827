package dev.meetgate.caller;

import dev.meetgate.issuer.IssuerClient;
import dev.meetgate.issuer.IssuerKeys;
import dev.meetgate.issuer.IssuerMetadata;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwt.JwtClaims;
import org.jspecify.annotations.Nullable;

/** The issuers of JWTs in the settings. Tenants with the same issuer share its keys. */
@Singleton
class Issuers {

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
                ? client.get(URI.create(IssuerMetadata.address(source.issuer())), source.byProxy())
                        .map(metadata -> IssuerMetadata.jwksUrl(metadata, source.issuer()))
                : Uni.createFrom().item(source.jwksUrl());
        return jwksUrl.flatMap(url -> client.get(URI.create(url), source.byProxy()))
                .map(IssuerMetadata::keys);
    }
}
