package dev.meetgate.caller;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

@ConfigMapping(prefix = "meetgate.tenants")
interface TenantsConfig {

    @WithParentName
    Map<String, TenantConfig> byName();

    interface TenantConfig {

        /** Hex SHA-256 of the tenant's API keys: several while one is being replaced. */
        List<String> apiKeySha256();

        /** What people see on the connect page; the name, when it is not set. */
        Optional<String> displayName();

        /** Where users' browsers may be sent after consent. */
        Optional<List<String>> returnUrls();
    }
}
