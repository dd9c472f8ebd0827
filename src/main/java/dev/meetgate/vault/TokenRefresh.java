package dev.meetgate.vault;

import static dev.meetgate.vault.LeasedRefresh.LAST_LOOK;

import dev.meetgate.caller.Deadline;
import dev.meetgate.caller.User;
import dev.meetgate.oauth.AuthorizationServer;
import dev.meetgate.problem.Failure;
import dev.meetgate.reactive.CallersContext;
import dev.meetgate.reactive.Detached;
import dev.meetgate.reactive.Gate;
import dev.meetgate.reactive.SingleFlight;
import dev.meetgate.vault.LeasedRefresh.Generation;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Refreshes the tokens of a connection, once for each generation, across callers and replicas.
 *
 * <ol>
 *   <li>Callers of this process join the refresh in progress, which continues if they leave.
 *   <li>Between processes, the lease of a {@link LeasedRefresh} decides. Other processes wait for the next
 *       generation.
 *   <li>While the owner of a lease says that it is at work, others wait for it until their deadline. If the
 *       owner is silent, a caller whose deadline comes before the end of the lease fails at once. The lease
 *       still lasts: nobody knows whether the refresh token was spent.
 * </ol>
 */
@Singleton
class TokenRefresh {

    /** Pauses before looking again at a refresh elsewhere grow by half, up to a bound. */
    private static final Duration FIRST_WAIT = Duration.ofMillis(20);

    private static final Duration LONGEST_WAIT = Duration.ofMillis(500);

    private static final String SILENT =
            "A replica of MeetGate has stopped while it refreshed this connection, and GoTo's answer may be lost."
                    + " MeetGate asks GoTo again after the time in Retry-After.";
    private static final String AT_WORK = "Another replica of MeetGate is refreshing this connection.";

    private record Waiter(Deadline deadline, CallersContext context) {}

    private final LeasedRefresh leased;
    private final AuthorizationServer authorizationServer;
    private final Detached detached;
    private final Vertx vertx;
    private final SingleFlight<Generation, TokenSet> flights;

    TokenRefresh(LeasedRefresh leased, AuthorizationServer authorizationServer, Detached detached, Vertx vertx) {
        this.leased = leased;
        this.authorizationServer = authorizationServer;
        this.detached = detached;
        this.vertx = vertx;
        this.flights = new SingleFlight<>(detached);
    }

    /** Returns the stored tokens if they have another generation, else refreshed ones. */
    Uni<TokenSet> newerThan(User user, long generation, Deadline deadline) {
        return Uni.createFrom()
                .deferred(() ->
                        newerThan(new Generation(user, generation), new Waiter(deadline, CallersContext.of(vertx))));
    }

    private Uni<TokenSet> newerThan(Generation generation, Waiter waiter) {
        return look(generation, waiter, FIRST_WAIT)
                .ifNoItem()
                .after(waiter.deadline().leftForAPart())
                .failWith(() -> leased.waitsForGoTo(generation)
                        ? new Failure.GoToUnavailable(
                                "GoTo's authorization server did not answer before the caller's deadline.")
                        : Failure.Unavailable.ofDatabase())
                .emitOn(waiter.context());
    }

    boolean canRefresh() {
        return !detached.isStopping() && !authorizationServer.isResting();
    }

    private Uni<TokenSet> look(Generation generation, Waiter waiter, Duration wait) {
        Deadline deadline = waiter.deadline();
        return flights.join(generation, () -> leased.of(generation, deadline))
                .onFailure(LeasedRefresh.OutOfTime.class)
                .recoverWithUni(late -> deadline.left().compareTo(LAST_LOOK) > 0
                        ? look(generation, waiter, wait)
                        : Uni.createFrom().failure(late.getCause()))
                .onFailure(Gate.Closed.class)
                // The caller who began has left the queue. Another one may wait longer.
                .recoverWithUni(closed -> deadline.left().compareTo(LAST_LOOK) > 0
                        ? look(generation, waiter, wait)
                        : Uni.createFrom().failure(AuthorizationServer.tooMany()))
                .flatMap(tokens -> tokens.generation() != generation.number()
                        ? Uni.createFrom().item(tokens)
                        : lookAgain(generation, tokens.lease(), waiter, wait));
    }

    /** Waits for the refresh of another replica, unless the caller's deadline certainly comes first. */
    private Uni<TokenSet> lookAgain(Generation generation, Lease.@Nullable Seen lease, Waiter waiter, Duration wait) {
        leased.checkNotStopping();
        checkWorthWaiting(lease, waiter.deadline().left(), wait);
        Duration next = wait.multipliedBy(3).dividedBy(2);
        return Uni.createFrom()
                .voidItem()
                .onItem()
                .delayIt()
                .by(wait)
                .emitOn(waiter.context())
                .flatMap(waited -> look(generation, waiter, next.compareTo(LONGEST_WAIT) < 0 ? next : LONGEST_WAIT));
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
}
