package dev.meetgate.connect;

import dev.meetgate.account.Accounts;
import dev.meetgate.caller.User;
import dev.meetgate.problem.Failure;
import dev.meetgate.secret.Secret;
import dev.meetgate.vault.Connection;
import dev.meetgate.vault.TokenVault;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Ends walks that wait: by the application's code verifier, or by the person's word. */
@Singleton
class Finishing {

    private final PendingWalks pending;
    private final PendingEnds ends;
    private final Accounts accounts;
    private final TokenVault vault;
    private final WalkRecord record;

    Finishing(PendingWalks pending, PendingEnds ends, Accounts accounts, TokenVault vault, WalkRecord record) {
        this.pending = pending;
        this.ends = ends;
        this.accounts = accounts;
        this.vault = vault;
        this.record = record;
    }

    /**
     * A repeated call has the first answer. {@link Failure.InvalidRequest} means that nothing was changed.
     */
    Uni<Connection> finish(User user, Secret code, Secret codeVerifier) {
        return pending.compare(user, code, codeVerifier.codeChallenge()).flatMap(compared -> {
            if (compared == null) {
                return pending.find(code).map(waiting -> {
                    throw notCompared(user, waiting);
                });
            }
            if (!compared.isRight()) {
                throw new Failure.InvalidRequest(
                        "codeVerifier",
                        "codeVerifier is not the secret of the link's codeChallenge. Nothing was changed. If another"
                                + " session of yours began, only that one can finish.");
            }
            return finish(compared.waiting());
        });
    }

    private static Failure notCompared(User user, @Nullable PendingWalk waiting) {
        return waiting == null
                        || waiting.link().content().codeChallenge() == null
                        || !waiting.user().equals(user)
                ? new Failure.InvalidRequest(
                        "code", "No consent of this user waits with this code. Send the user to a new connect link.")
                : new Failure.InvalidRequest(
                        "codeVerifier",
                        "Too many wrong verifiers came with this code. Send the user to a new connect link.");
    }

    private Uni<Connection> finish(PendingWalk waiting) {
        if (!waiting.isOpen()) {
            return ends.lapse(waiting).map(lapsed -> {
                throw over(waiting.link().outcome());
            });
        }
        Uni<Outcome> end = waiting.link().hasConnected() ? Uni.createFrom().item(Outcome.CONNECTED) : complete(waiting);
        return end.invoke(outcome -> {
                    if (outcome != Outcome.CONNECTED) {
                        throw over(outcome);
                    }
                })
                .flatMap(connected -> vault.connection(waiting.user()));
    }

    private static Failure over(@Nullable Outcome outcome) {
        return new Failure.InvalidRequest(
                "code", whyOver(outcome) + " Nothing was changed. Send the user to a new connect link.");
    }

    private static String whyOver(@Nullable Outcome outcome) {
        if (outcome == Outcome.DISCONNECTED) {
            return "The user was disconnected meanwhile.";
        }
        if (outcome == Outcome.CONNECTED) {
            return "This code has done its work.";
        }
        return "The ten minutes of this code are over, or the user did not want it any more.";
    }

    /** Returns how the walk has ended, perhaps by an earlier call. */
    Uni<Outcome> complete(PendingWalk waiting) {
        User user = waiting.user();
        return ends.finish(waiting)
                .flatMap(connected -> connected
                        ? askName(user)
                                .invoke(asked -> record.ended(user, Outcome.CONNECTED))
                                .replaceWith(Outcome.CONNECTED)
                        : endNow(waiting));
    }

    private Uni<Void> askName(User user) {
        return accounts.withName(user)
                .onFailure(Failure.class)
                .recoverWithNull()
                .replaceWithVoid();
    }

    /** How a walk has ended that is asked about no more. What has waited too long ends now. */
    Uni<Outcome> ended(PendingWalk waiting) {
        Outcome outcome = waiting.link().outcome();
        return (waiting.isOpen() ? Uni.createFrom().voidItem() : ends.lapse(waiting))
                .map(lapsed -> outcome == null ? Outcome.ACCESS_DENIED : outcome);
    }

    private Uni<Outcome> endNow(PendingWalk waiting) {
        return pending.find(waiting.code()).map(now -> end(now == null ? waiting : now));
    }

    /** A walk that waits no more has ended, also before its link says so. */
    private static Outcome end(PendingWalk waiting) {
        Outcome outcome = waiting.link().outcome();
        if (outcome != null && outcome != Outcome.PENDING) {
            return outcome;
        }
        return Outcome.ofLapse(waiting.link().content().codeChallenge() != null);
    }

    /** The person does not want it. Returns how the walk has ended, perhaps by an earlier word. */
    Uni<Outcome> deny(PendingWalk waiting) {
        return ends.deny(waiting.link()).flatMap(denied -> {
            if (!denied) {
                return endNow(waiting);
            }
            record.ended(waiting.user(), Outcome.ACCESS_DENIED);
            return Uni.createFrom().item(Outcome.ACCESS_DENIED);
        });
    }
}
