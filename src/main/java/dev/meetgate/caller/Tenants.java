package dev.meetgate.caller;

import dev.meetgate.secret.Secret;
import jakarta.inject.Singleton;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

@Singleton
public class Tenants {

    private final Map<String, Tenant> byName = new TreeMap<>();
    private final Map<Tenant, List<byte[]>> apiKeyHashes = new HashMap<>();

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
            apiKeyHashes.put(
                    tenant,
                    settings.apiKeySha256().stream()
                            .map(hash -> HexFormat.of().parseHex(hash.strip()))
                            .toList());
        });
    }

    /** The tenant with this name, or null if its settings were removed. */
    public @Nullable Tenant named(String name) {
        return byName.get(name);
    }

    /** The tenant with this API key. Takes the same time for every key, known or unknown. */
    @Nullable
    Tenant withApiKey(Secret apiKey) {
        byte[] sha256 = apiKey.sha256();
        Tenant found = null;
        for (var known : apiKeyHashes.entrySet()) {
            for (byte[] hash : known.getValue()) {
                if (MessageDigest.isEqual(hash, sha256)) {
                    found = known.getKey();
                }
            }
        }
        return found;
    }
}
