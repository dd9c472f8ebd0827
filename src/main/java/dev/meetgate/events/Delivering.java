package dev.meetgate.events;

import dev.meetgate.events.Dispatch.Sending;
import dev.meetgate.problem.Failure;
import dev.meetgate.reactive.Detached;
import dev.meetgate.upkeep.Chore;
import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * Sends the events of tenants with a webhook, soon after their commit and in the upkeep. Each tenant has its
 * own {@link Dispatch}, so that a slow receiver delays no other tenant.
 */
@Singleton
@Priority(Chore.DELIVER)
class Delivering implements Chore {

    /** How long the upkeep waits. What is under way goes on. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** How many tenants' deliveries a replica looks up at once. It sends to all of them at once. */
    private static final int LOOKS = 8;

    private final Detached detached;
    private final Map<String, Dispatch> byTenant = new TreeMap<>();

    Delivering(
            Vertx vertx,
            Webhooks webhooks,
            Deliveries deliveries,
            SendingAttempts attempts,
            Sender sender,
            Detached detached) {
        this.detached = detached;
        for (Webhook webhook : webhooks.all()) {
            String tenant = webhook.tenant();
            var lanes = new Lanes(webhook, attempts, sender, detached);
            var alarm = new Alarm(vertx, detached, () -> wake(tenant));
            byTenant.put(tenant, new Dispatch(tenant, lanes, deliveries, attempts, alarm));
        }
    }

    /** After the schema check. The start does not wait for it. */
    void begin(@Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) StartupEvent start) {
        lookAtAll().subscribe().with(done -> {}, Delivering::postponed);
    }

    /** Looks for events of this tenant that are due. Costs nothing for a tenant without webhook. */
    void wake(String tenant) {
        Dispatch dispatch = byTenant.get(tenant);
        if (dispatch != null) {
            look(dispatch).flatMap(Sending::end).subscribe().with(done -> {}, Delivering::postponed);
        }
    }

    @Override
    public Uni<Boolean> run(BooleanSupplier mayGoOn) {
        return lookAtAll().replaceWith(true).ifNoItem().after(PATIENCE).recoverWithItem(false);
    }

    private Uni<Void> lookAtAll() {
        return Multi.createFrom()
                .iterable(byTenant.values())
                .onItem()
                .transformToUni(this::look)
                .collectFailures()
                .merge(LOOKS)
                .onItem()
                .transformToUni(Sending::end)
                .collectFailures()
                .merge(Math.max(1, byTenant.size()))
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** Not within the deadline of the request that wrote an event. */
    private Uni<Sending> look(Dispatch dispatch) {
        return detached.of(() -> detached.isStopping() ? Uni.createFrom().item(Sending.NOTHING) : dispatch.look());
    }

    private static void postponed(Throwable failure) {
        if (failure instanceof Failure) {
            Log.warnf("Events are sent later: %s", failure.getMessage());
        } else {
            Log.error("Events could not be sent", failure);
        }
    }
}
