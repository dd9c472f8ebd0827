package dev.meetgate.console;

import dev.meetgate.caller.Tenants;
import dev.meetgate.events.WebhookOverview;
import dev.meetgate.vault.ConnectionCensus;
import dev.meetgate.vault.RefreshState;
import dev.meetgate.vault.SealingKeys;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the state of the deployment. */
@Singleton
class FleetView {

    /** What no tenant may know. */
    private record OfAllTenants(
            Fleet.@Nullable Refreshes refreshes,
            Fleet.@Nullable Requests budget,
            @Nullable List<SealingKeys.SealingKey> sealingKeys) {

        static final OfAllTenants HIDDEN = new OfAllTenants(null, null, null);
    }

    private final Tenants tenants;
    private final ConnectionCensus census;
    private final RefreshState refreshes;
    private final SealingKeys sealingKeys;
    private final WebhookOverview webhooks;
    private final FailedCalls failedCalls;
    private final BudgetMinutes minutes;
    private final GoToHealth goTo;
    private final MeterRegistry metrics;

    FleetView(
            Tenants tenants,
            ConnectionCensus census,
            RefreshState refreshes,
            SealingKeys sealingKeys,
            WebhookOverview webhooks,
            FailedCalls failedCalls,
            BudgetMinutes minutes,
            GoToHealth goTo,
            MeterRegistry metrics) {
        this.tenants = tenants;
        this.census = census;
        this.refreshes = refreshes;
        this.sealingKeys = sealingKeys;
        this.webhooks = webhooks;
        this.failedCalls = failedCalls;
        this.minutes = minutes;
        this.goTo = goTo;
        this.metrics = metrics;
    }

    /** All tenants, or what one of them may know. */
    Uni<Fleet> now(@Nullable String tenant, ConsoleTexts texts) {
        Instant now = Instant.now();
        return Uni.combine()
                .all()
                .unis(
                        counts(tenant),
                        failedCalls.recent(tenant, texts),
                        goTo.now(),
                        webhooks.all(tenant),
                        tenant == null ? ofAllTenants() : Uni.createFrom().item(OfAllTenants.HIDDEN))
                .with((counts, failing, health, ofWebhooks, ofAll) -> new Fleet(
                        now,
                        tenant,
                        counts,
                        failing,
                        health,
                        ofAll.refreshes(),
                        ofAll.budget(),
                        ofWebhooks,
                        keys(tenant, now),
                        ofAll.sealingKeys()));
    }

    private Uni<OfAllTenants> ofAllTenants() {
        return Uni.combine()
                .all()
                .unis(refreshes(), minutes.requests(), sealingKeys.all())
                .with(OfAllTenants::new);
    }

    private Uni<ConnectionCensus.@Nullable Census> counts(@Nullable String tenant) {
        return census.census()
                .map(counted -> counted == null || tenant == null
                        ? counted
                        : new ConnectionCensus.Census(
                                counted.at(),
                                counted.counts().stream()
                                        .filter(count -> count.tenant().equals(tenant))
                                        .toList()));
    }

    private Uni<Fleet.Refreshes> refreshes() {
        return refreshes
                .withinAnHour()
                .map(number -> new Fleet.Refreshes(
                        number,
                        number == RefreshState.MOST_COUNTED,
                        count("refreshed"),
                        count("ended"),
                        count("failed")));
    }

    private long count(String outcome) {
        Counter counter =
                metrics.find("meetgate.refreshes").tag("outcome", outcome).counter();
        return counter == null ? 0 : (long) counter.count();
    }

    private List<Fleet.Key> keys(@Nullable String tenant, Instant now) {
        return tenants.credentials().stream()
                .filter(credential -> tenant == null || credential.tenant().equals(tenant))
                .map(credential -> Fleet.Key.of(credential, now))
                .toList();
    }
}
