package dev.meetgate.caller;

import dev.meetgate.secret.Secret;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

@Singleton
public class Tenants {

    private final Map<String, Tenant> byName = new TreeMap<>();
    private final List<ApiKey> apiKeys = new ArrayList<>();
    private final Map<String, Grant> certificates = new HashMap<>();
    private final Map<String, List<String>> issuerScopes = new HashMap<>();

    Tenants(TenantsConfig config) {
        config.byName().forEach((name, settings) -> {
            String defaultReturnUrl =
                    settings.defaultReturnUrl().map(String::strip).orElse(null);
            var tenant = new Tenant(
                    name,
                    settings.displayName().orElse(name),
                    Stream.concat(
                                    settings.returnUrls().stream().flatMap(List::stream),
                                    Stream.ofNullable(defaultReturnUrl))
                            .map(String::strip)
                            .toList(),
                    defaultReturnUrl,
                    settings.anyLoopbackReturnUrl(),
                    settings.confirm(),
                    new Tenant.Look(
                            settings.logoFile().map(String::strip).orElse(null),
                            settings.color().map(String::strip).orElse(null),
                            settings.privacyUrl().map(String::strip).orElse(null)));
            byName.put(name, tenant);
            settings.issuer().ifPresent(issuer -> issuerScopes.put(name, scopes(settings.jwtScopes())));
            settings.apiKeySha256()
                    .orElse(List.of())
                    .forEach(hash -> apiKeys.add(
                            new ApiKey(grant(tenant, Actor.Kind.KEY, Actor.DEFAULT_KEY), hash, Instant.MAX)));
            settings.keys().forEach((keyName, key) -> add(tenant, keyName, key));
            settings.certSha256()
                    .orElse(List.of())
                    .forEach(hash -> certificates.put(
                            hash.strip().toLowerCase(Locale.ROOT),
                            grant(tenant, Actor.Kind.CERTIFICATE, hash.strip().toLowerCase(Locale.ROOT))));
        });
    }

    private static List<String> scopes(Optional<String> setting) {
        return setting.map(Scopes::in).orElse(Scopes.ALL);
    }

    private static Grant grant(Tenant tenant, Actor.Kind kind, String name) {
        return new Grant(tenant, Scopes.ALL, new Actor(kind, name));
    }

    private void add(Tenant tenant, String name, TenantsConfig.KeyConfig key) {
        Instant end = key.expires().map(String::strip).map(Instant::parse).orElse(Instant.MAX);
        var grant = new Grant(tenant, scopes(key.scopes()), new Actor(Actor.Kind.KEY, name));
        key.sha256().forEach(hash -> apiKeys.add(new ApiKey(grant, hash, end)));
    }

    /** The tenant with this name, or null if its settings were removed. */
    public @Nullable Tenant named(String name) {
        return byName.get(name);
    }

    public Set<String> names() {
        return byName.keySet();
    }

    /**
     * The settings of this API key, which may have ended, or null. Takes the same time for every key, known
     * or unknown.
     */
    @Nullable
    ApiKey apiKey(Secret apiKey) {
        byte[] sha256 = apiKey.sha256();
        ApiKey found = null;
        for (ApiKey known : apiKeys) {
            if (known.hasHash(sha256)) {
                found = known;
            }
        }
        return found;
    }

    /** The API keys and client certificates of all tenants. Issuers of JWTs have no end. */
    public List<Credential> credentials() {
        return Stream.concat(
                        apiKeys.stream().map(ApiKey::credential),
                        certificates.values().stream()
                                .map(grant -> new Credential(
                                        grant.tenant().name(),
                                        grant.actor().kind(),
                                        grant.actor().name(),
                                        grant.scopes(),
                                        null,
                                        null)))
                .sorted(Comparator.comparing(Credential::tenant).thenComparing(Credential::name))
                .toList();
    }

    /** Whether JWTs name the tenant. */
    public boolean hasIssuer(String tenant) {
        return issuerScopes.containsKey(tenant);
    }

    /** What at least one credential of this tenant may do now. */
    public Set<String> scopes(String tenant, Instant now) {
        var all = new TreeSet<>(issuerScopes.getOrDefault(tenant, List.of()));
        Stream<Grant> keys = apiKeys.stream().filter(key -> !key.isExpired(now)).map(key -> key.grant);
        Stream.concat(keys, certificates.values().stream())
                .filter(grant -> grant.tenant().name().equals(tenant))
                .forEach(grant -> all.addAll(grant.scopes()));
        return all;
    }

    boolean haveCertificates() {
        return !certificates.isEmpty();
    }

    /** What the client certificate with this SHA-256 allows. Null if it is unknown. */
    @Nullable
    Grant certificate(byte[] sha256) {
        return certificates.get(HexFormat.of().formatHex(sha256));
    }
}
