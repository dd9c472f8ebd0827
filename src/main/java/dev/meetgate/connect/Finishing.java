package dev.meetgate.connect;

import dev.meetgate.account.Accounts;
import dev.meetgate.caller.User;
import dev.meetgate.caller.UserLog;
import dev.meetgate.connect.PendingWalks.Waiting;
import dev.meetgate.problem.Failure;
import dev.meetgate.secret.Secret;
import dev.meetgate.vault.Connection;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Ends walks that wait: by the application's code verifier, or by the person's word. */
@Singleton
class Finishing {

    private final PendingWalks pending;
    private final Accounts accounts;
    private final MeterRegistry metrics;

    Finishing(PendingWalks pending, Accounts accounts, MeterRegistry metrics) {
        this.pending = pending;
        this.accounts = accounts;
        this.metrics = metrics;
    }

    /** Fails with {@link Failure.InvalidRequest}, and changes nothing then. A repeated call answers as the first. */
    Uni<Connection> finish(User user, Secret code, Secret codeVerifier) {
        return pending.find(code).flatMap(waiting -> {
            String challenge = waiting == null ? null : waiting.link().content().codeChallenge();
            if (waiting == null || challenge == null || !waiting.user().equals(user)) {
                throw new Failure.InvalidRequest(
                        "code", "No consent of this user waits with this code. Send the user to a new connect link.");
            }
            if (!waiting.takesVerifiers()) {
                throw new Failure.InvalidRequest(
                        "codeVerifier",
                        "Too many wrong verifiers came with this code. Send the user to a new connect link.");
            }
            return isOf(challenge, codeVerifier) ? finish(waiting) : refuse(waiting);
        });
    }

    private Uni<Connection> refuse(Waiting waiting) {
        return pending.countWrong(waiting).map(counted -> {
            throw new Failure.InvalidRequest(
                    "codeVerifier",
                    "codeVerifier is not the secret of the link's codeChallenge. Nothing was changed. If another session"
                            + " of yours began, only that one can finish.");
        });
    }

    /** RFC 7636 §4.6. */
    private static boolean isOf(String challenge, Secret codeVerifier) {
        byte[] expected = challenge.getBytes(StandardCharsets.US_ASCII);
        return MessageDigest.isEqual(
                expected, Base64.getUrlEncoder().withoutPadding().encode(codeVerifier.sha256()));
    }

    private Uni<Connection> finish(Waiting waiting) {
        Outcome outcome = waiting.link().outcome();
        if (waiting.isOpen() && waiting.link().hasConnected()) {
            return accounts.named(waiting.user());
        }
        if (!waiting.isOpen()) {
            return pending.lapse(waiting).map(lapsed -> {
                throw over(outcome);
            });
        }
        return complete(waiting).flatMap(ended -> {
            if (ended != Outcome.CONNECTED) {
                throw over(ended);
            }
            return accounts.named(waiting.user());
        });
    }

    private static Failure over(@Nullable Outcome outcome) {
        String why = outcome == Outcome.DISCONNECTED
                ? "The user was disconnected meanwhile."
                : outcome == Outcome.CONNECTED
                        ? "This code has done its work."
                        : "The ten minutes of this code are over, or the user did not want it any more.";
        return new Failure.InvalidRequest("code", why + " Nothing was changed. Send the user to a new connect link.");
    }

    /** Returns how the walk has ended, perhaps by an earlier call. */
    Uni<Outcome> complete(Waiting waiting) {
        User user = waiting.user();
        return pending.finish(waiting)
                .flatMap(connected -> connected
                        ? named(user)
                                .invoke(() -> tell(user, Outcome.CONNECTED))
                                .replaceWith(Outcome.CONNECTED)
                        : pending.find(waiting.code()).map(now -> end(now)));
    }

    private Uni<Void> named(User user) {
        return accounts.named(user).onFailure(Failure.class).recoverWithNull().replaceWithVoid();
    }

    private static Outcome end(@Nullable Waiting now) {
        Outcome outcome = now == null ? null : now.link().outcome();
        return outcome == null || outcome == Outcome.PENDING ? Outcome.NOT_FINISHED : outcome;
    }

    /** The person does not want it. */
    Uni<Outcome> deny(Waiting waiting) {
        User user = waiting.user();
        return pending.deny(user, waiting.link().hash())
                .invoke(() -> tell(user, Outcome.ACCESS_DENIED))
                .replaceWith(Outcome.ACCESS_DENIED);
    }

    private void tell(User user, Outcome outcome) {
        String name = outcome.name().toLowerCase(Locale.ROOT).replace('_', '-');
        metrics.counter("meetgate.walks", "outcome", name).increment();
        UserLog.info(user, outcome.title());
    }
}
