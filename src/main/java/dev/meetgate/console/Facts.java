package dev.meetgate.console;

import dev.meetgate.audit.UserEntries;
import dev.meetgate.caller.Credential;
import dev.meetgate.events.UserEvents;
import dev.meetgate.events.WebhookOverview;
import dev.meetgate.vault.Connection;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a user, each list with the newest first.
 *
 * @param isTenantSet whether the tenant has settings
 * @param hasIssuer whether JWTs name the tenant
 * @param failingSince since when GoTo answers this user's refreshes with errors
 * @param isGoToAway whether this replica has stopped to send requests to GoTo
 * @param lastSteps the last disconnection and the last connect link, of a user without a connection
 */
record Facts(
        Instant now,
        boolean isTenantSet,
        boolean hasIssuer,
        List<Credential> credentials,
        @Nullable Connection connection,
        @Nullable Instant failingSince,
        boolean isGoToAway,
        List<FailedCall> failedCalls,
        List<UserEntries.Entry> entries,
        List<UserEntries.Entry> lastSteps,
        List<UserEvents.Told> events,
        WebhookOverview.@Nullable State webhook) {}
