package dev.meetgate.vault;

import dev.meetgate.caller.Deadline;
import dev.meetgate.caller.User;
import dev.meetgate.oauth.AuthorizationServer;
import dev.meetgate.problem.Failure;
import dev.meetgate.reactive.Detached;
import dev.meetgate.reactive.Gate;
import dev.meetgate.secret.Secret;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Refreshes the tokens of a connection with a lease on their generation.
 *
 * <ol>
 *   <li>The database stores the lease before the refresh token is sent. The refresh token is never sent
 *       without a lease.
 *   <li>No database connection is held during a call to GoTo.
 *   <li>The answer is stored by a compare-and-set on generation and lease. A process that lost its lease
 *       changes nothing and reads again.
 *   <li>The owner of a lease says every second that it is at work.
 *   <li>Only an answer of GoTo that rejects the grant ends a connection.
 * </ol>
 */
@Singleton
class LeasedRefresh {

    /** The time that a caller needs to hear what was waited for. */
    static final Duration LAST_LOOK = Duration.ofMillis(100);

    /** After this time, the rest of the lease is too short for a token request. */
    private static final long LATEST = Lease.DURATION
            .minus(AuthorizationServer.TOKEN_DEADLINE)
            .minusSeconds(5)
            .toNanos();

    record Generation(User user, long number) {}

    /** The caller who began the refresh had no time left for its lease. */
    static final class OutOfTime extends RuntimeException {
        private OutOfTime(Throwable cause) {
            super(cause);
        }
    }

    private final StoredTokens stored;
    private final Leases leases;
    private final AuthorizationServer authorizationServer;
    private final RefreshAnswers answers;
    private final Detached detached;
    private final Pulse pulse;

    private final Set<Generation> waitingForGoTo = ConcurrentHashMap.newKeySet();

    LeasedRefresh(
            StoredTokens stored,
            Leases leases,
            AuthorizationServer authorizationServer,
            RefreshAnswers answers,
            Detached detached,
            Pulse pulse) {
        this.stored = stored;
        this.leases = leases;
        this.authorizationServer = authorizationServer;
        this.answers = answers;
        this.detached = detached;
        this.pulse = pulse;
    }

    /** Refreshes the tokens, unless somebody has done so or has the lease. Returns what is stored then. */
    Uni<TokenSet> of(Generation generation, Deadline deadline) {
        return stored.of(generation.user()).flatMap(tokens -> {
            // A lower generation belongs to a new connection of the same user.
            if (tokens.generation() != generation.number() || tokens.lease() != null) {
                return Uni.createFrom().item(tokens);
            }
            authorizationServer.checkReachable();
            return waitingForGoTo(generation, authorizationServer.turn(generation.user(), deadline.left()))
                    .flatMap(turn -> Uni.createFrom()
                            .deferred(authorizationServer::checkRest)
                            .flatMap(mayAsk -> refresh(generation, turn, deadline))
                            .onTermination()
                            .invoke(turn::end))
                    .flatMap(done -> stored.of(generation.user()));
        });
    }

    private <T> Uni<T> waitingForGoTo(Generation generation, Uni<T> work) {
        return Uni.createFrom().deferred(() -> {
            waitingForGoTo.add(generation);
            return work.onTermination().invoke(() -> waitingForGoTo.remove(generation));
        });
    }

    private Uni<Boolean> refresh(Generation generation, Gate.Pass turn, Deadline deadline) {
        checkNotStopping();
        long asked = System.nanoTime();
        return leases.take(generation.user(), generation.number(), deadline.leftForAPart())
                .onFailure(failure -> deadline.left().compareTo(LAST_LOOK) < 0)
                .transform(OutOfTime::new)
                .flatMap(lease -> {
                    if (lease == null) {
                        return Uni.createFrom().item(false);
                    }
                    // A lease that comes too late for a whole request or for the caller is released unused.
                    return System.nanoTime() - asked < LATEST && deadline.hasTimeForAPart()
                            ? pulse.during(lease, spend(lease, turn))
                            : leases.release(lease, false);
                });
    }

    /** Fails with {@link Failure.Unavailable} while this replica stops. */
    void checkNotStopping() {
        if (detached.isStopping()) {
            throw Failure.Unavailable.whileStopping();
        }
    }

    private Uni<Boolean> spend(Lease lease, Gate.Pass turn) {
        Secret refreshToken = lease.refreshToken();
        return refreshToken == null
                ? answers.end(lease, Connection.Reason.EXPIRED, "No refresh token is left: ")
                : answers.store(
                        lease,
                        refreshToken,
                        waitingForGoTo(
                                new Generation(lease.user(), lease.generation()),
                                authorizationServer.refresh(refreshToken, turn)));
    }

    /** Whether the refresh of this generation waits for GoTo, and not for the database. */
    boolean waitsForGoTo(Generation generation) {
        return waitingForGoTo.contains(generation);
    }
}
