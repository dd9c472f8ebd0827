package dev.meetgate.console;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.meetgate.caller.Credential;
import dev.meetgate.events.WebhookOverview;
import dev.meetgate.vault.ConnectionCensus;
import dev.meetgate.vault.SealingKeys;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of the deployment. What concerns all tenants is absent for a credential of one.
 *
 * @param tenant the only tenant that is shown
 * @param connections as last counted; absent while they are counted for the first time
 */
record Fleet(
        Instant at,
        @Nullable String tenant,
        ConnectionCensus.@Nullable Census connections,
        List<FailedCalls.Recent> failing,
        GoTo goTo,
        @Nullable Refreshes refreshes,
        @Nullable Requests budget,
        List<WebhookOverview.State> webhooks,
        List<Key> callerKeys,
        @Nullable List<SealingKeys.SealingKey> sealingKeys) {

    /**
     * GoTo's health.
     *
     * @param apiAnswers whether this replica sends requests to GoTo's API
     * @param authorizationServerAnswers whether this replica sends token requests
     * @param pausedUntil until when GoTo wants no calls of any replica, as the database knows
     * @param fullSpeedAt when calls are as many in a second as usual, after GoTo wanted fewer
     */
    record GoTo(
            boolean apiAnswers,
            boolean authorizationServerAnswers,
            @Nullable Instant pausedUntil,
            @Nullable Instant fullSpeedAt) {}

    /**
     * Refreshes of tokens.
     *
     * @param withinAnHour connections with tokens of the last hour, in the database
     * @param isMore whether there are more than that
     * @param refreshed by this replica since its start, as the others
     */
    record Refreshes(long withinAnHour, boolean isMore, long refreshed, long ended, long failed) {}

    /**
     * The budget for requests to GoTo.
     *
     * @param waiting calls that wait in this replica
     * @param minutes of all replicas
     */
    record Requests(int limitPerSecond, int waiting, List<BudgetMinutes.Minute> minutes) {}

    /** A caller's credential, and what to do about its end. */
    record Key(Credential credential, KeyState state) {

        static Key of(Credential credential, Instant now) {
            if (credential.endsAt() == null) {
                return new Key(credential, KeyState.NO_END);
            }
            if (credential.hasEnded(now)) {
                return new Key(
                        credential,
                        credential.refusedAt() == null ? KeyState.HAS_ENDED : KeyState.HAS_ENDED_AND_IS_IN_USE);
            }
            boolean isSoon = now.plusSeconds(SOON_SECONDS).isAfter(credential.endsAt());
            return new Key(credential, isSoon ? KeyState.ENDS_SOON : KeyState.IN_FORCE);
        }

        /** For the page. */
        @JsonIgnore
        public String tone() {
            return switch (state) {
                case HAS_ENDED, HAS_ENDED_AND_IS_IN_USE -> "bad";
                case ENDS_SOON -> "warn";
                case NO_END, IN_FORCE -> "good";
            };
        }
    }

    private static final long SOON_SECONDS = 14 * 86_400L;

    @JsonIgnore
    public long total() {
        return connections == null
                ? 0
                : connections.counts().stream()
                        .mapToLong(ConnectionCensus.Count::number)
                        .sum();
    }
}
