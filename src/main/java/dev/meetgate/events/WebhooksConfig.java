package dev.meetgate.events;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

@ConfigMapping(prefix = "meetgate.tenants")
interface WebhooksConfig {

    @WithParentName
    Map<String, TenantConfig> byTenant();

    interface TenantConfig {

        Optional<URI> webhookUrl();

        /** Several are allowed during a rotation. All sign. */
        Optional<List<String>> webhookSecret();

        /** Set by the settings: see HTTPS_PROXY and NO_PROXY. */
        @WithDefault("false")
        boolean webhookThroughProxy();
    }
}
