package dev.meetgate.connect;

import dev.meetgate.account.Accounts;
import dev.meetgate.caller.User;
import dev.meetgate.caller.UserLog;
import dev.meetgate.connect.PendingWalks.Waiting;
import dev.meetgate.problem.Failure;
import dev.meetgate.secret.Secret;
import dev.meetgate.vault.Connection;
import dev.meetgate.vault.TokenVault;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Ends walks that wait: by the application's code verifier, or by the person's word. */
@Singleton
class Finishing {

    private final PendingWalks pending;
    private final Accounts accounts;
    private final TokenVault vault;
    private final MeterRegistry metrics;

    Finishing(PendingWalks pending, Accounts accounts, TokenVault vault, MeterRegistry metrics) {
        this.pending = pending;
        this.accounts = accounts;
        this.vault = vault;
        this.metrics = metrics;
    }

    /**
     * A repeated call has the first answer. {@link Failure.InvalidRequest} means that nothing was changed.
     */
    Uni<Connection> finish(User user, Secret code, Secret codeVerifier) {
        String challenge = Base64.getUrlEncoder().withoutPadding().encodeToString(codeVerifier.sha256());
        return pending.compare(user, code, challenge).flatMap(compared -> {
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

    private static Failure notCompared(User user, @Nullable Waiting waiting) {
        return waiting == null
                        || waiting.link().content().codeChallenge() == null
                        || !waiting.user().equals(user)
                ? new Failure.InvalidRequest(
                        "code", "No consent of this user waits with this code. Send the user to a new connect link.")
                : new Failure.InvalidRequest(
                        "codeVerifier",
                        "Too many wrong verifiers came with this code. Send the user to a new connect link.");
    }

    private Uni<Connection> finish(Waiting waiting) {
        if (!waiting.isOpen()) {
            return pending.lapse(waiting).map(lapsed -> {
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
    Uni<Outcome> complete(Waiting waiting) {
        User user = waiting.user();
        return pending.finish(waiting)
                .flatMap(connected -> connected
                        ? askName(user)
                                .invoke(asked -> tell(user, Outcome.CONNECTED))
                                .replaceWith(Outcome.CONNECTED)
                        : endNow(waiting));
    }

    private Uni<Void> askName(User user) {
        return accounts.named(user).onFailure(Failure.class).recoverWithNull().replaceWithVoid();
    }

    private Uni<Outcome> endNow(Waiting waiting) {
        return pending.find(waiting.code()).map(now -> end(now == null ? waiting : now));
    }

    /** A walk that waits no more has ended, also before its link says so. */
    private static Outcome end(Waiting waiting) {
        Outcome outcome = waiting.link().outcome();
        if (outcome != null && outcome != Outcome.PENDING) {
            return outcome;
        }
        return waiting.link().content().codeChallenge() == null ? Outcome.ACCESS_DENIED : Outcome.NOT_FINISHED;
    }

    /** The person does not want it. Returns how the walk has ended, perhaps by an earlier word. */
    Uni<Outcome> deny(Waiting waiting) {
        return pending.deny(waiting.link()).flatMap(denied -> {
            if (!denied) {
                return endNow(waiting);
            }
            tell(waiting.user(), Outcome.ACCESS_DENIED);
            return Uni.createFrom().item(Outcome.ACCESS_DENIED);
        });
    }

    private void tell(User user, Outcome outcome) {
        String name = outcome.name().toLowerCase(Locale.ROOT).replace('_', '-');
        metrics.counter("meetgate.walks", "outcome", name).increment();
        UserLog.info(user, outcome.title());
    }
}
