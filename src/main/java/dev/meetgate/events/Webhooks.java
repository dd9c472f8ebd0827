package dev.meetgate.events;

import dev.meetgate.secret.Secret;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The webhooks of the settings. */
@Singleton
class Webhooks {

    private final Map<String, Webhook> byTenant = new TreeMap<>();

    Webhooks(WebhooksConfig config) {
        config.byTenant().forEach((tenant, settings) -> settings.webhookUrl()
                .ifPresent(url -> byTenant.put(
                        tenant,
                        new Webhook(
                                tenant,
                                url,
                                settings.webhookSecret().orElseThrow().stream()
                                        .map(secret -> Secret.of(secret.strip()))
                                        .toList(),
                                settings.webhookThroughProxy()))));
    }

    @Nullable
    Webhook of(String tenant) {
        return byTenant.get(tenant);
    }

    Collection<Webhook> all() {
        return byTenant.values();
    }
}
