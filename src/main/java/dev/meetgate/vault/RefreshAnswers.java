package dev.meetgate.vault;

import dev.meetgate.caller.UserLog;
import dev.meetgate.database.Postgres;
import dev.meetgate.oauth.AuthorizationServer;
import dev.meetgate.oauth.InvalidGrant;
import dev.meetgate.oauth.TokenResponse;
import dev.meetgate.problem.Failure;
import dev.meetgate.secret.Secret;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Stores what GoTo answers to a refresh: new tokens, the end of the connection, or when the lease's refresh
 * token may be sent again.
 */
@Singleton
class RefreshAnswers {

    /**
     * Longer than a lease, because the answer may be the only copy of a token. Storing is a compare-and-set.
     */
    private static final Duration LONGEST_STORING = Duration.ofMinutes(10);

    private final Leases leases;
    private final AuthorizationServer authorizationServer;
    private final Revocations revocations;
    private final MeterRegistry metrics;

    RefreshAnswers(
            Leases leases, AuthorizationServer authorizationServer, Revocations revocations, MeterRegistry metrics) {
        this.leases = leases;
        this.authorizationServer = authorizationServer;
        this.revocations = revocations;
        this.metrics = metrics;
    }

    /** Returns whether the lease was still this replica's when the answer was stored. */
    Uni<Boolean> store(Lease lease, Secret refreshToken, Uni<TokenResponse> request) {
        return request.onItemOrFailure()
                .invoke((tokens, failure) -> count(failure))
                .onFailure(failure -> !(failure instanceof InvalidGrant))
                .call(failure -> release(lease, failure))
                .flatMap(tokens -> replace(lease, refreshToken, tokens))
                .onFailure(InvalidGrant.class)
                .recoverWithUni(() -> end(lease))
                // The pause is stored with the connection. The next read finds it.
                .onFailure(RefreshAnswers::isAnswer)
                .recoverWithItem(true);
    }

    private Uni<Boolean> replace(Lease lease, Secret refreshToken, TokenResponse tokens) {
        return Postgres.persistently(leases.replace(lease, refreshToken, tokens, Instant.now()), LONGEST_STORING)
                .invoke(kept -> warnOfLostScopes(lease, tokens))
                .call(kept -> kept
                        ? Uni.createFrom().voidItem()
                        : revocations.revokeOrphaned(lease.user(), lease.account(), tokens));
    }

    private void count(@Nullable Throwable failure) {
        String outcome = failure == null ? "refreshed" : failure instanceof InvalidGrant ? "ended" : "failed";
        metrics.counter("meetgate.refreshes", "outcome", outcome).increment();
    }

    /**
     * Once for each loss, because the connection then has the new scopes. It stays usable for the other
     * calls.
     */
    private void warnOfLostScopes(Lease lease, TokenResponse tokens) {
        Set<String> scopes = tokens.scopes();
        if (scopes == null) {
            return;
        }
        List<String> lost = authorizationServer.requestedScopes().stream()
                .filter(scope -> lease.scopes().contains(scope) && !scopes.contains(scope))
                .toList();
        if (!lost.isEmpty()) {
            UserLog.info(lease.user(), "A refresh lost scopes of GOTO_SCOPES: " + lost);
        }
    }

    private static boolean isAnswer(Throwable failure) {
        return failure instanceof Failure.GoToUnavailable unavailable && unavailable.isAnswer();
    }

    /** A lease that cannot be released expires by itself. */
    private Uni<Boolean> release(Lease lease, Throwable failure) {
        boolean spent = !(failure instanceof Failure.GoToUnavailable unavailable) || unavailable.mayBeExecuted();
        // After a timeout GoTo may still execute the request.
        Uni<Boolean> released = failure.getCause() instanceof TimeoutException
                ? leases.leave(lease)
                : isAnswer(failure) ? leases.rest(lease) : leases.release(lease, spent);
        return released.onFailure(Failure.Unavailable.class).recoverWithItem(false);
    }

    private Uni<Boolean> end(Lease lease) {
        var reason = lease.outcomeUnknown() ? Connection.Reason.OUTCOME_UNKNOWN : Connection.Reason.REVOKED;
        return Postgres.persistently(end(lease, reason, "GoTo rejected a refresh token: "), LONGEST_STORING);
    }

    Uni<Boolean> end(Lease lease, Connection.Reason reason, String why) {
        return leases.end(lease, reason)
                .invoke(ended ->
                        UserLog.info(lease.user(), why + (ended ? reason : "it was ended or replaced meanwhile")));
    }
}
