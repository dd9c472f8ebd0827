package dev.meetgate.connect;

import dev.meetgate.account.Accounts;
import dev.meetgate.caller.User;
import dev.meetgate.connect.AuthorizationRequests.Consumed;
import dev.meetgate.oauth.AuthorizationResponse;
import dev.meetgate.oauth.InvalidGrant;
import dev.meetgate.problem.Failure;
import dev.meetgate.secret.Secret;
import dev.meetgate.vault.TokenVault;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Completes an attempt to connect: stores the tokens, then adds the account's name. */
@Singleton
class Completion {

    private final TokenVault vault;
    private final Accounts accounts;

    Completion(TokenVault vault, Accounts accounts) {
        this.vault = vault;
        this.accounts = accounts;
    }

    Uni<Outcome> of(Consumed request, AuthorizationResponse response) {
        return response instanceof AuthorizationResponse.Granted granted
                ? redeem(request.user(), granted.code(), request.codeVerifier())
                : Uni.createFrom().item(Outcome.of((AuthorizationResponse.Refused) response));
    }

    private Uni<Outcome> redeem(User user, Secret code, Secret codeVerifier) {
        return vault.redeem(user, code, codeVerifier)
                .call(stored -> accounts.named(user).onFailure(Failure.class).recoverWithNull())
                .map(complete -> complete ? Outcome.CONNECTED : Outcome.SCOPE_MISSING)
                .onFailure(InvalidGrant.class)
                .recoverWithItem(Outcome.CODE_REFUSED)
                .onFailure(Failure.GoToUnavailable.class)
                .recoverWithItem(failure -> failed(failure, Outcome.GOTO_UNAVAILABLE))
                .onFailure(Failure.Unavailable.class)
                .recoverWithItem(failure -> failed(failure, Outcome.UNAVAILABLE));
    }

    private static Outcome failed(Throwable failure, Outcome outcome) {
        Log.warnf("An attempt to connect failed: %s", failure.getMessage());
        return outcome;
    }
}
