package dev.meetgate.connect;

import dev.meetgate.account.Accounts;
import dev.meetgate.caller.Tenant;
import dev.meetgate.caller.Tenants;
import dev.meetgate.connect.AuthorizationRequests.Attempt;
import dev.meetgate.oauth.InvalidGrant;
import dev.meetgate.problem.Failure;
import dev.meetgate.secret.Secret;
import dev.meetgate.vault.Consents;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Singleton;

/**
 * Redeems an authorization code. The code becomes a connection with the account's name, a consent that
 * waits, or a failure.
 */
@Singleton
class Redemption {

    private final AttemptEnds attemptEnds;
    private final PendingWalks pending;
    private final Consents consents;
    private final Accounts accounts;
    private final Tenants tenants;

    Redemption(AttemptEnds attemptEnds, PendingWalks pending, Consents consents, Accounts accounts, Tenants tenants) {
        this.attemptEnds = attemptEnds;
        this.pending = pending;
        this.consents = consents;
        this.accounts = accounts;
        this.tenants = tenants;
    }

    Uni<Outcome> of(Attempt attempt, Secret code, Secret codeVerifier) {
        Buffer link = attempt.link();
        Uni<Outcome> redeemed = link != null && mustWait(attempt)
                ? hold(attempt, link, code, codeVerifier)
                : connect(attempt, code, codeVerifier);
        return redeemed.onFailure(InvalidGrant.class)
                .recoverWithUni(() -> failed(attempt, Outcome.CODE_REFUSED))
                .onFailure(Redemption::isClientRefused)
                .recoverWithUni(failure -> failed(attempt, failure, Outcome.UNAUTHORIZED_CLIENT))
                .onFailure(Failure.GoToUnavailable.class)
                .recoverWithUni(failure -> failed(attempt, failure, Outcome.GOTO_UNAVAILABLE))
                .onFailure(Failure.Unavailable.class)
                .recoverWithUni(failure -> failed(attempt, failure, Outcome.UNAVAILABLE))
                .onFailure(Failure.UnknownCallback.class)
                .recoverWithUni(() -> attemptEnds.ofEnded(attempt));
    }

    private Uni<Outcome> connect(Attempt attempt, Secret code, Secret codeVerifier) {
        return consents.redeem(attempt.user(), code, codeVerifier, complete -> attemptEnds.connect(attempt, complete))
                .call(stored -> accounts.withName(attempt.user())
                        .onFailure(Failure.class)
                        .recoverWithNull())
                .map(Outcome::ofConsent);
    }

    private Uni<Outcome> hold(Attempt attempt, Buffer link, Secret code, Secret codeVerifier) {
        return pending.begin(attempt, link, code, codeVerifier)
                .flatMap(complete ->
                        complete ? Uni.createFrom().item(Outcome.PENDING) : failed(attempt, Outcome.SCOPE_MISSING));
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
        return attemptEnds
                .end(attempt, outcome)
                .onFailure(Failure.Unavailable.class)
                .recoverWithItem(outcome);
    }
}
