package dev.meetgate.console;

import dev.meetgate.audit.Action;
import dev.meetgate.audit.UserEntries;
import dev.meetgate.caller.Tenants;
import dev.meetgate.caller.User;
import dev.meetgate.events.UserEvents;
import dev.meetgate.events.WebhookOverview;
import dev.meetgate.vault.Connection;
import dev.meetgate.vault.RefreshState;
import dev.meetgate.vault.TokenVault;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what is known of a user. */
@Singleton
class Stories {

    private static final int MOST = 50;

    private final Tenants tenants;
    private final TokenVault vault;
    private final RefreshState refreshes;
    private final FailedCalls failedCalls;
    private final UserEntries entries;
    private final UserEvents events;
    private final WebhookOverview webhooks;
    private final GoToHealth goTo;

    Stories(
            Tenants tenants,
            TokenVault vault,
            RefreshState refreshes,
            FailedCalls failedCalls,
            UserEntries entries,
            UserEvents events,
            WebhookOverview webhooks,
            GoToHealth goTo) {
        this.tenants = tenants;
        this.vault = vault;
        this.refreshes = refreshes;
        this.failedCalls = failedCalls;
        this.entries = entries;
        this.events = events;
        this.webhooks = webhooks;
        this.goTo = goTo;
    }

    Uni<Story> of(User user, ConsoleTexts texts) {
        return facts(user, texts)
                .map(facts -> new Story(
                        facts.now(),
                        user.tenant(),
                        user.id(),
                        Verdict.of(facts, user.id(), texts),
                        facts.connection(),
                        facts.failedCalls(),
                        Timeline.of(facts, texts)));
    }

    private Uni<Facts> facts(User user, ConsoleTexts texts) {
        return vault.connectionIfAny(user).flatMap(connection -> facts(user, connection, texts));
    }

    private Uni<Facts> facts(User user, @Nullable Connection connection, ConsoleTexts texts) {
        Instant now = Instant.now();
        Uni<List<UserEntries.Entry>> lastSteps = connection == null
                ? entries.lastOfEach(user, Action.CONNECTION_DISCONNECT, Action.CONNECT_LINK_CREATE)
                : Uni.createFrom().item(List.of());
        return Uni.combine()
                .all()
                .unis(
                        lastSteps,
                        refreshes.failingSince(user),
                        failedCalls.of(user, texts),
                        entries.newest(user, MOST),
                        events.newest(user, MOST),
                        webhooks.all(user.tenant()))
                .with((steps, failingSince, failed, audited, told, webhook) -> new Facts(
                        now,
                        tenants.named(user.tenant()) != null,
                        tenants.hasIssuer(user.tenant()),
                        tenants.credentials().stream()
                                .filter(credential -> credential.tenant().equals(user.tenant()))
                                .toList(),
                        connection,
                        failingSince,
                        goTo.isAway(),
                        failed,
                        audited,
                        steps,
                        told,
                        first(webhook)));
    }

    private static <T> @Nullable T first(List<T> all) {
        return all.isEmpty() ? null : all.get(0);
    }
}
