package dev.meetgate.vault;

import dev.meetgate.caller.Deadline;
import dev.meetgate.caller.User;
import dev.meetgate.oauth.AuthorizationServer;
import dev.meetgate.problem.Failure;
import dev.meetgate.reactive.CallersContext;
import dev.meetgate.reactive.Detached;
import dev.meetgate.reactive.Gate;
import dev.meetgate.reactive.SingleFlight;
import dev.meetgate.secret.Secret;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

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
 *   <li>The owner of a lease says every second that it is at work. Others wait for it until their deadline.
 *       If it is silent, they hear so at once. The lease lasts all the same: nobody knows whether the token
 *       was spent.
 *   <li>Only an answer of GoTo that rejects the grant ends a connection.
 * </ol>
 */
@Singleton
class TokenRefresh {

    /** Pauses before looking again at a refresh elsewhere grow by half, up to a bound. */
    private static final Duration FIRST_WAIT = Duration.ofMillis(20);

    private static final Duration LONGEST_WAIT = Duration.ofMillis(500);

    /** The time that a caller needs to hear what was waited for. */
    private static final Duration LAST_LOOK = Duration.ofMillis(100);

    /** After this time, the rest of the lease is too short for a token request. */
    private static final long LATEST = Lease.DURATION
            .minus(AuthorizationServer.TOKEN_DEADLINE)
            .minusSeconds(5)
            .toNanos();

    private static final String SILENT =
            "A replica of MeetGate has stopped while it refreshed this connection, and GoTo's answer may be lost."
                    + " MeetGate asks GoTo again after the time in Retry-After.";
    private static final String AT_WORK = "Another replica of MeetGate is refreshing this connection.";

    /** The caller who began the refresh had no time left for its lease. */
    private static final class OutOfTime extends RuntimeException {
        OutOfTime(Throwable cause) {
            super(cause);
        }
    }

    private record Generation(User user, long number) {}

    private record Caller(Deadline deadline, CallersContext context) {}

    private final StoredTokens stored;
    private final Leases leases;
    private final AuthorizationServer authorizationServer;
    private final RefreshAnswers answers;
    private final Detached detached;
    private final Pulse pulse;
    private final Vertx vertx;

    /** For callers whose deadline comes: whether they wait for GoTo or for the database. */
    private final Set<Generation> waitsForGoTo = ConcurrentHashMap.newKeySet();

    private final SingleFlight<Generation, TokenSet> flights;

    TokenRefresh(
            StoredTokens stored,
            Leases leases,
            AuthorizationServer authorizationServer,
            RefreshAnswers answers,
            Detached detached,
            Pulse pulse,
            Vertx vertx) {
        this.stored = stored;
        this.leases = leases;
        this.authorizationServer = authorizationServer;
        this.answers = answers;
        this.detached = detached;
        this.pulse = pulse;
        this.vertx = vertx;
        this.flights = new SingleFlight<>(detached);
    }

    /** Returns the stored tokens if they have another generation, else refreshed ones. */
    Uni<TokenSet> newerThan(User user, long generation, Deadline deadline) {
        return Uni.createFrom()
                .deferred(() ->
                        newerThan(new Generation(user, generation), new Caller(deadline, CallersContext.of(vertx))));
    }

    private Uni<TokenSet> newerThan(Generation generation, Caller caller) {
        return look(generation, caller, FIRST_WAIT)
                .ifNoItem()
                .after(caller.deadline().leftForAPart())
                .failWith(() -> waitsForGoTo.contains(generation)
                        ? new Failure.GoToUnavailable(
                                "GoTo's authorization server did not answer before the caller's deadline.")
                        : new Failure.Unavailable("MeetGate's database does not answer."))
                .emitOn(caller.context());
    }

    boolean canRefresh() {
        return !detached.isStopping() && !authorizationServer.isResting();
    }

    private Uni<TokenSet> look(Generation generation, Caller caller, Duration wait) {
        Deadline deadline = caller.deadline();
        return flights.join(generation, () -> attempt(generation, deadline))
                .onFailure(OutOfTime.class)
                .recoverWithUni(late -> deadline.left().compareTo(LAST_LOOK) > 0
                        ? look(generation, caller, wait)
                        : Uni.createFrom().failure(late.getCause()))
                .onFailure(Gate.Closed.class)
                // The caller who began has left the queue. Another one may wait longer.
                .recoverWithUni(closed -> deadline.left().compareTo(LAST_LOOK) > 0
                        ? look(generation, caller, wait)
                        : Uni.createFrom().failure(AuthorizationServer.tooMany()))
                .flatMap(tokens -> tokens.generation() != generation.number()
                        ? Uni.createFrom().item(tokens)
                        : lookAgain(generation, tokens.lease(), caller, wait));
    }

    /** Refreshes the tokens, unless somebody has done so or has the lease. Returns what is stored then. */
    private Uni<TokenSet> attempt(Generation generation, Deadline deadline) {
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
            waitsForGoTo.add(generation);
            return work.onTermination().invoke(() -> waitsForGoTo.remove(generation));
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

    private void checkNotStopping() {
        if (detached.isStopping()) {
            throw new Failure.Unavailable("This replica of MeetGate is stopping. Send the request again.");
        }
    }

    /** Waits for the refresh of another replica, unless the caller's deadline certainly comes first. */
    private Uni<TokenSet> lookAgain(Generation generation, Lease.@Nullable Seen lease, Caller caller, Duration wait) {
        checkNotStopping();
        checkWorthWaiting(lease, caller.deadline().left(), wait);
        Duration next = wait.multipliedBy(3).dividedBy(2);
        return Uni.createFrom()
                .voidItem()
                .onItem()
                .delayIt()
                .by(wait)
                .emitOn(caller.context())
                .flatMap(waited -> look(generation, caller, next.compareTo(LONGEST_WAIT) < 0 ? next : LONGEST_WAIT));
    }

    private static void checkWorthWaiting(Lease.@Nullable Seen lease, Duration left, Duration wait) {
        if (lease == null) {
            if (left.compareTo(LAST_LOOK) < 0) {
                throw new Failure.GoToUnavailable("GoTo's authorization server did not answer in time.");
            }
            return;
        }
        if (lease.state() == Lease.State.RESTING) {
            throw Failure.GoToUnavailable.notExecuted(
                            "GoTo's authorization server failed for this connection. MeetGate asks it again later.")
                    .resting(lease.left());
        }
        boolean isSilent = lease.state() == Lease.State.SILENT;
        if (left.compareTo(LAST_LOOK.plus(isSilent ? lease.left() : wait)) < 0) {
            throw new Failure.Unavailable(isSilent ? SILENT : AT_WORK, lease.left());
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
}
