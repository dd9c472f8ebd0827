package dev.meetgate.vault;

import dev.meetgate.caller.User;
import dev.meetgate.caller.UserLog;
import dev.meetgate.database.Postgres;
import dev.meetgate.oauth.AuthorizationServer;
import dev.meetgate.oauth.InvalidGrant;
import dev.meetgate.oauth.TokenResponse;
import dev.meetgate.problem.Failure;
import dev.meetgate.reactive.Detached;
import dev.meetgate.reactive.SingleFlight;
import dev.meetgate.secret.Secret;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Refreshes the tokens of a connection, once for each generation, across callers and replicas.
 *
 * <ol>
 *   <li>Callers of this process join the refresh in progress, which continues if they leave.
 *   <li>Between processes, a lease on the generation decides. The database stores the lease before the
 *       refresh token is sent. Other processes wait for the next generation. The refresh token is never sent
 *       without a lease.
 *   <li>No database connection is held during a call to GoTo.
 *   <li>The answer is stored by a compare-and-set on generation and lease. A process that lost its lease
 *       changes nothing and reads again.
 *   <li>Only an answer of GoTo that rejects the grant ends a connection.
 * </ol>
 */
@Singleton
class TokenRefresh {

    /** Pauses before looking again at a refresh elsewhere grow by half, up to a bound. */
    private static final Duration FIRST_WAIT = Duration.ofMillis(20);

    private static final Duration LONGEST_WAIT = Duration.ofMillis(500);

    /** After this time, the rest of the lease is too short for a token request. */
    private static final long LATEST = Lease.DURATION
            .minus(AuthorizationServer.TOKEN_DEADLINE)
            .minusSeconds(5)
            .toNanos();

    /**
     * Longer than a lease, because the answer may be the only copy of a token. Storing is a compare-and-set.
     */
    private static final Duration LONGEST_STORING = Duration.ofMinutes(10);

    private record Generation(User user, long number) {}

    private final StoredTokens stored;
    private final Leases leases;
    private final AuthorizationServer authorizationServer;
    private final Revocations revocations;
    private final Detached detached;
    private final SingleFlight<Generation, TokenSet> flights;

    TokenRefresh(
            StoredTokens stored,
            Leases leases,
            AuthorizationServer authorizationServer,
            Revocations revocations,
            Detached detached) {
        this.stored = stored;
        this.leases = leases;
        this.authorizationServer = authorizationServer;
        this.revocations = revocations;
        this.detached = detached;
        this.flights = new SingleFlight<>(detached);
    }

    /** Returns the stored tokens if they have another generation, else refreshed ones. */
    Uni<TokenSet> newerThan(User user, long generation) {
        Instant deadline = Instant.now().plus(Lease.DURATION.multipliedBy(2));
        return flights.join(new Generation(user, generation), () -> attempt(user, generation, deadline, FIRST_WAIT));
    }

    boolean canRefresh() {
        return !detached.isStopping() && !authorizationServer.isResting();
    }

    private Uni<TokenSet> attempt(User user, long generation, Instant deadline, Duration wait) {
        return stored.of(user).flatMap(tokens -> {
            // A lower generation belongs to a new connection of the same user.
            if (tokens.generation() != generation) {
                return Uni.createFrom().item(tokens);
            }
            if (tokens.leased()) {
                return lookAgain(user, generation, deadline, wait);
            }
            authorizationServer.checkReachable();
            checkNotStopping();
            long asked = System.nanoTime();
            return leases.take(user, generation).flatMap(lease -> {
                if (lease == null) {
                    return lookAgain(user, generation, deadline, wait);
                }
                // If the lease arrives too late for a whole request, it is released unused.
                Uni<Boolean> use = System.nanoTime() - asked < LATEST ? spend(lease) : leases.release(lease, false);
                return use.flatMap(used -> attempt(user, generation, deadline, FIRST_WAIT));
            });
        });
    }

    private void checkNotStopping() {
        if (detached.isStopping()) {
            throw new Failure.Unavailable("This replica of MeetGate is stopping. Send the request again.");
        }
    }

    private Uni<TokenSet> lookAgain(User user, long generation, Instant deadline, Duration wait) {
        checkNotStopping();
        if (Instant.now().isAfter(deadline)) {
            throw new Failure.GoToUnavailable("GoTo's authorization server did not answer in time.");
        }
        Duration next = wait.multipliedBy(3).dividedBy(2);
        return Uni.createFrom()
                .voidItem()
                .onItem()
                .delayIt()
                .by(wait)
                .flatMap(waited ->
                        attempt(user, generation, deadline, next.compareTo(LONGEST_WAIT) < 0 ? next : LONGEST_WAIT));
    }

    private Uni<Boolean> spend(Lease lease) {
        Secret refreshToken = lease.refreshToken();
        if (refreshToken == null) {
            return leases.end(lease, Connection.Reason.EXPIRED);
        }
        return authorizationServer
                .refresh(refreshToken)
                .onFailure(TokenRefresh::isOver)
                .call(failure -> release(lease, failure))
                .flatMap(tokens -> Postgres.persistently(
                                leases.replace(lease, refreshToken, tokens, Instant.now()), LONGEST_STORING)
                        .invoke(kept -> warnOfLostScopes(lease, tokens))
                        .call(kept -> kept
                                ? Uni.createFrom().voidItem()
                                : revocations.revokeOrphaned(lease.user(), lease.account(), tokens)))
                .onFailure(InvalidGrant.class)
                .recoverWithUni(() -> end(lease));
    }

    /** Once for each loss, because the connection then has the new scopes. It stays usable for the other calls. */
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

    /** After a timeout GoTo may still execute the request: the lease then expires by itself. */
    private static boolean isOver(Throwable failure) {
        return !(failure instanceof InvalidGrant) && !(failure.getCause() instanceof TimeoutException);
    }

    /** A lease that cannot be released expires by itself. */
    private Uni<Boolean> release(Lease lease, Throwable failure) {
        boolean spent = !(failure instanceof Failure.GoToUnavailable unavailable) || unavailable.mayBeExecuted();
        return leases.release(lease, spent).onFailure(Failure.Unavailable.class).recoverWithItem(false);
    }

    private Uni<Boolean> end(Lease lease) {
        var reason = lease.outcomeUnknown() ? Connection.Reason.OUTCOME_UNKNOWN : Connection.Reason.REVOKED;
        return Postgres.persistently(leases.end(lease, reason), LONGEST_STORING)
                .invoke(ended -> Log.infof(
                        "GoTo rejected a refresh token of tenant %s: %s",
                        lease.user().tenant(), ended ? reason : "a newer one is already stored"));
    }
}
