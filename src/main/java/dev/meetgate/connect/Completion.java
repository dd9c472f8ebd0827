package dev.meetgate.connect;

import dev.meetgate.account.Accounts;
import dev.meetgate.caller.Deadline;
import dev.meetgate.caller.Deadlines;
import dev.meetgate.caller.Tenant;
import dev.meetgate.caller.Tenants;
import dev.meetgate.caller.UserLog;
import dev.meetgate.connect.AuthorizationRequests.Attempt;
import dev.meetgate.oauth.AuthorizationResponse;
import dev.meetgate.oauth.InvalidGrant;
import dev.meetgate.problem.Failure;
import dev.meetgate.reactive.Detached;
import dev.meetgate.secret.Secret;
import dev.meetgate.vault.TokenVault;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Completes an attempt to connect: stores the tokens, then adds the account's name. A callback that comes
 * again, to whichever replica, gets the outcome of the first one.
 */
@Singleton
class Completion {

    /** Between two looks at an attempt that another request completes. */
    private static final Duration PAUSE = Duration.ofMillis(200);

    /** Leaves time for the answer. */
    private static final Duration RESERVE = Duration.ofSeconds(1);

    private final AuthorizationRequests requests;
    private final PendingWalks pending;
    private final TokenVault vault;
    private final Accounts accounts;
    private final Tenants tenants;
    private final Deadlines deadlines;
    private final Detached detached;
    private final MeterRegistry metrics;

    Completion(
            AuthorizationRequests requests,
            PendingWalks pending,
            TokenVault vault,
            Accounts accounts,
            Tenants tenants,
            Deadlines deadlines,
            Detached detached,
            MeterRegistry metrics) {
        this.requests = requests;
        this.pending = pending;
        this.vault = vault;
        this.accounts = accounts;
        this.tenants = tenants;
        this.deadlines = deadlines;
        this.detached = detached;
        this.metrics = metrics;
    }

    /**
     * Returns null if another request is still completing the attempt at the caller's deadline. Fails with
     * {@link Failure.UnknownCallback} for another browser.
     */
    Uni<@Nullable Outcome> of(Attempt attempt, Secret browser, AuthorizationResponse response) {
        Deadline deadline = deadlines.current();
        // A reload makes the browser leave the first request.
        return detached.of(() -> requests.consume(attempt, browser, deadline.leftForAPart())
                        .flatMap(codeVerifier -> codeVerifier == null
                                ? Uni.createFrom().nullItem()
                                : complete(attempt, codeVerifier, response)))
                .flatMap(outcome -> outcome == null
                        ? ofAnother(attempt, browser, deadline)
                        : Uni.createFrom().item(outcome));
    }

    private Uni<@Nullable Outcome> ofAnother(Attempt attempt, Secret browser, Deadline deadline) {
        return requests.outcome(attempt, browser).flatMap(outcome -> {
            if (outcome != null || deadline.left().compareTo(RESERVE) < 0) {
                return Uni.createFrom().item(outcome);
            }
            return Uni.createFrom()
                    .voidItem()
                    .onItem()
                    .delayIt()
                    .by(PAUSE)
                    .flatMap(waited -> ofAnother(attempt, browser, deadline));
        });
    }

    private Uni<Outcome> complete(Attempt attempt, Secret codeVerifier, AuthorizationResponse response) {
        Uni<Outcome> outcome = response instanceof AuthorizationResponse.Granted granted
                ? redeem(attempt, granted.code(), codeVerifier)
                : refused(attempt, Outcome.of((AuthorizationResponse.Refused) response));
        return outcome.invoke(end -> {
            String name = end.name().toLowerCase(Locale.ROOT).replace('_', '-');
            metrics.counter("meetgate.walks", "outcome", name).increment();
            UserLog.info(attempt.user(), end.title());
        });
    }

    /** The person's last word counts, also after an earlier consent with the same link. */
    private Uni<Outcome> refused(Attempt attempt, Outcome outcome) {
        Buffer link = attempt.link();
        return requests.end(attempt, outcome)
                .call(ended -> outcome.isBad() || link == null
                        ? Uni.createFrom().item(false)
                        : pending.forget(attempt.user(), link));
    }

    private Uni<Outcome> connect(Attempt attempt, Secret code, Secret codeVerifier) {
        return vault.redeem(attempt.user(), code, codeVerifier, complete -> requests.connect(attempt, complete))
                .call(stored ->
                        accounts.named(attempt.user()).onFailure(Failure.class).recoverWithNull())
                .map(Outcome::ofConsent);
    }

    private Uni<Outcome> hold(Attempt attempt, Buffer link, Secret code, Secret codeVerifier) {
        return pending.begin(attempt, link, code, codeVerifier)
                .flatMap(complete ->
                        complete ? Uni.createFrom().item(Outcome.PENDING) : failed(attempt, Outcome.SCOPE_MISSING));
    }

    private Uni<Outcome> redeem(Attempt attempt, Secret code, Secret codeVerifier) {
        Buffer link = attempt.link();
        Uni<Outcome> redeemed = link != null && mustWait(attempt)
                ? hold(attempt, link, code, codeVerifier)
                : connect(attempt, code, codeVerifier);
        return redeemed.onFailure(InvalidGrant.class)
                .recoverWithUni(() -> failed(attempt, Outcome.CODE_REFUSED))
                .onFailure(Completion::isClientRefused)
                .recoverWithUni(failure -> failed(attempt, failure, Outcome.UNAUTHORIZED_CLIENT))
                .onFailure(Failure.GoToUnavailable.class)
                .recoverWithUni(failure -> failed(attempt, failure, Outcome.GOTO_UNAVAILABLE))
                .onFailure(Failure.Unavailable.class)
                .recoverWithUni(failure -> failed(attempt, failure, Outcome.UNAVAILABLE))
                .onFailure(Failure.UnknownCallback.class)
                .recoverWithUni(() -> requests.ofEnded(attempt));
    }

    private boolean mustWait(Attempt attempt) {
        Tenant tenant = tenants.named(attempt.user().tenant());
        return attempt.hasChallenge() || (tenant != null && tenant.confirms());
    }

    private static boolean isClientRefused(Throwable failure) {
        return failure instanceof Failure.GoToUnavailable unavailable && unavailable.isClientRefused();
    }

    private Uni<Outcome> failed(Attempt attempt, Throwable failure, Outcome outcome) {
        Log.warnf("An attempt to connect failed: %s", failure.getMessage());
        return failed(attempt, outcome);
    }

    /** The user learns the outcome even if the database does not. */
    private Uni<Outcome> failed(Attempt attempt, Outcome outcome) {
        return requests.end(attempt, outcome)
                .onFailure(Failure.Unavailable.class)
                .recoverWithItem(outcome);
    }
}
