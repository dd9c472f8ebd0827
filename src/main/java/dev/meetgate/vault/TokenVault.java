package dev.meetgate.vault;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.meetgate.Failure;
import dev.meetgate.User;
import dev.meetgate.oauth.AuthorizationServer;
import dev.meetgate.oauth.TokenResponse;
import dev.meetgate.secret.Sealer;
import dev.meetgate.secret.Secret;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.vertx.core.VertxException;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.hibernate.exception.ConstraintViolationException;
import org.jspecify.annotations.Nullable;

/** Holds users' connections. Refresh tokens go in and never come out. */
@Singleton
public class TokenVault {

    private final AuthorizationServer authorizationServer;
    private final StoredTokens stored;
    private final ConnectionRepository repository;
    private final TokenRefresh refresh;
    private final AccountApi accounts;
    private final Detached detached;

    TokenVault(
            AuthorizationServer authorizationServer,
            StoredTokens stored,
            ConnectionRepository repository,
            TokenRefresh refresh,
            @RestClient AccountApi accounts,
            Detached detached) {
        this.authorizationServer = authorizationServer;
        this.stored = stored;
        this.repository = repository;
        this.refresh = refresh;
        this.accounts = accounts;
        this.detached = detached;
    }

    /**
     * Redeems an authorization code and keeps the tokens; a connection that is there already gets them in place of its own. Goes on
     * when the caller does not wait for it.
     *
     * <p>Fails with {@link dev.meetgate.oauth.InvalidGrant} or {@link Failure.GoToUnavailable}, and then nothing has changed.
     *
     * @return whether the user granted all that was asked for
     */
    public Uni<Boolean> redeem(User user, Secret code, Secret codeVerifier) {
        return detached.of(() -> authorizationServer
                .exchange(code, codeVerifier)
                .flatMap(tokens -> whoIs(tokens).map(account -> consent(tokens, account)))
                .flatMap(consent -> keep(user, consent).replaceWith(consent.complete())));
    }

    private Consent consent(TokenResponse tokens, Account account) {
        Set<String> requested = authorizationServer.requestedScopes();
        Set<String> granted = tokens.scopes() == null ? requested : tokens.scopes();
        return new Consent(tokens, account, granted, granted.containsAll(requested));
    }

    private Uni<Void> keep(User user, Consent consent) {
        return repository
                .save(user, consent, Instant.now())
                // Two first connects of one user at once: the second finds the first one's row.
                .onFailure(ConstraintViolationException.class)
                .retry()
                .atMost(1);
    }

    /** An account that nobody can name is connected all the same; the e-mail address of the token response is the least. */
    private Uni<Account> whoIs(TokenResponse tokens) {
        Bearer bearer = () -> Uni.createFrom().item(tokens.accessToken());
        return answered(accounts.me(bearer))
                .map(AccountApi.WireMe::toAccount)
                .onFailure(TokenVault::isOfGoTo)
                .recoverWithUni(() -> answered(accounts.scimMe(bearer)).map(AccountApi.WireScimUser::toAccount))
                .onFailure(TokenVault::isOfGoTo)
                .recoverWithItem(() -> new Account(null, null, null, null, null))
                .map(account -> account.email() == null
                        ? new Account(
                                tokens.principal(),
                                account.firstName(),
                                account.lastName(),
                                account.organizerKey(),
                                account.accountKey())
                        : account);
    }

    /**
     * Calls GoTo's API as this user. The call is sent with the stored token, refreshed first where it is stale; after GoTo has
     * rejected the token, once more with a newer one.
     *
     * @param call sends the request each time it is subscribed to
     */
    public <T> Uni<T> onBehalfOf(User user, Function<Bearer, Uni<T>> call) {
        return Uni.createFrom().deferred(() -> {
            var bearer = new StoredBearer(user);
            return answered(Uni.createFrom().deferred(() -> call.apply(bearer)))
                    .onFailure(TokenRejected.class)
                    .retry()
                    .atMost(1)
                    .onFailure(TokenRejected.class)
                    .transform(rejected -> new Failure.ForbiddenByGoTo(rejected.status()));
        });
    }

    /** Who the user is at GoTo, asked now. */
    public Uni<Account> account(User user) {
        return onBehalfOf(user, accounts::me)
                .map(AccountApi.WireMe::toAccount)
                .onFailure(TokenVault::isRefusal)
                .recoverWithUni(() -> onBehalfOf(user, accounts::scimMe).map(AccountApi.WireScimUser::toAccount))
                .onFailure(TokenVault::isRefusal)
                .recoverWithUni(() -> connection(user).map(Connection::account));
    }

    public Uni<Connection> connection(User user) {
        return repository.connection(user);
    }

    /** The tenant's connections in the order of user ids, those after the given user. */
    public Uni<List<Connection>> connections(
            String tenant, Connection.@Nullable Status status, String afterUser, int limit) {
        return repository.page(tenant, status, afterUser, limit);
    }

    /** Erases the connection here, at once, and revokes it at GoTo where that is possible. */
    public Uni<Void> disconnect(User user) {
        return repository
                .erase(user)
                .onFailure(Sealer.CannotOpen.class)
                .recoverWithItem(cannotOpen -> {
                    Log.errorf("erased a connection without revoking it: %s", cannotOpen.getMessage());
                    return null;
                })
                .flatMap(refreshToken -> refreshToken == null ? Uni.createFrom().voidItem() : revoke(refreshToken));
    }

    private Uni<Void> revoke(Secret refreshToken) {
        return authorizationServer.revoke(refreshToken).onFailure(Failure.class).recoverWithItem(failure -> {
            Log.warnf("a disconnected grant could not be revoked: %s", failure.getMessage());
            return null;
        });
    }

    /** The foreign failures of a REST client become ours here: whatever is not an answer is GoTo being unavailable. */
    private static <T> Uni<T> answered(Uni<T> call) {
        return call.onFailure()
                .transform(TokenVault::ours)
                .onItem()
                .ifNull()
                .failWith(() -> new Failure.GoToUnavailable("GoTo answered nothing."));
    }

    private static Throwable ours(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof NoAccessToken && cause.getCause() != null) {
                return cause.getCause();
            }
        }
        return isOfTheWire(failure)
                ? new Failure.GoToUnavailable("GoTo could not be reached, or answered nonsense.", failure)
                : failure;
    }

    private static boolean isOfTheWire(Throwable failure) {
        return failure instanceof ProcessingException
                || failure instanceof WebApplicationException
                || failure instanceof JsonProcessingException
                || failure instanceof IOException
                || failure instanceof VertxException
                || failure instanceof TimeoutException;
    }

    private static boolean isOfGoTo(Throwable failure) {
        return failure instanceof Failure || failure instanceof TokenRejected;
    }

    private static boolean isRefusal(Throwable failure) {
        return failure instanceof Failure.ForbiddenByGoTo || failure instanceof Failure.MeetingNotFound;
    }

    /** The bearer of one call, which knows the generation that it was last sent with. */
    private final class StoredBearer implements Bearer {

        private static final long NEVER = 0;

        private final User user;
        private long sent = NEVER;

        StoredBearer(User user) {
            this.user = user;
        }

        @Override
        public Uni<Secret> accessToken() {
            Uni<TokenSet> tokens = sent == NEVER ? fresh() : refresh.newerThan(user, sent);
            return tokens.invoke(used -> sent = used.generation()).map(TokenSet::accessToken);
        }

        private Uni<TokenSet> fresh() {
            return stored.of(user)
                    .flatMap(tokens -> tokens.staleAt(Instant.now())
                            ? refresh.newerThan(user, tokens.generation())
                            : Uni.createFrom().item(tokens));
        }
    }
}
