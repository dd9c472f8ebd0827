package dev.meetgate.caller;

import dev.meetgate.secret.Secret;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

@Singleton
public class Tenants {

    private final Map<String, Tenant> byName = new TreeMap<>();
    private final List<ApiKey> apiKeys = new ArrayList<>();

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
                    settings.anyLoopbackReturnUrl());
            byName.put(name, tenant);
            settings.apiKeySha256()
                    .orElse(List.of())
                    .forEach(hash -> apiKeys.add(new ApiKey(tenant, Actor.DEFAULT_KEY, hash, Scopes.ALL, Instant.MAX)));
            settings.keys().forEach((keyName, key) -> add(tenant, keyName, key));
        });
    }

    private void add(Tenant tenant, String name, TenantsConfig.KeyConfig key) {
        List<String> scopes = key.scopes().map(Scopes::in).orElse(Scopes.ALL);
        Instant end = key.expires().map(String::strip).map(Instant::parse).orElse(Instant.MAX);
        key.sha256().forEach(hash -> apiKeys.add(new ApiKey(tenant, name, hash, scopes, end)));
    }

    /** The tenant with this name, or null if its settings were removed. */
    public @Nullable Tenant named(String name) {
        return byName.get(name);
    }

    public Set<String> names() {
        return byName.keySet();
    }

    /** The settings of this API key, or null. Takes the same time for every key, known or unknown. */
    @Nullable
    ApiKey apiKey(Secret apiKey, Instant now) {
        byte[] sha256 = apiKey.sha256();
        ApiKey found = null;
        for (ApiKey known : apiKeys) {
            if (known.hasHash(sha256)) {
                found = known;
            }
        }
        return found == null || found.isExpired(now) ? null : found;
    }
}
