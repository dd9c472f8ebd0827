package dev.meetgate.events;

import dev.meetgate.database.Postgres;
import dev.meetgate.upkeep.Expiry;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** The events of a tenant that has no settings any more. The next tenant of that name gets none of them. */
@Singleton
public class RemovedTenantEvents {

    private final Postgres postgres;

    RemovedTenantEvents(Postgres postgres) {
        this.postgres = postgres;
    }

    /** Deletes them, their deliveries, and how far the webhook was. Returns how many rows there were. */
    public Uni<Integer> deleteAll(String tenant) {
        return Expiry.deleteOf(tenant, postgres, "event", "seq")
                .flatMap(events ->
                        Expiry.deleteOf(tenant, postgres, "webhook", "tenant").map(webhooks -> events + webhooks));
    }
}
