package dev.meetgate.vault;

import dev.meetgate.caller.User;
import dev.meetgate.oauth.TokenResponse;
import dev.meetgate.problem.Failure;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * Who users are at GoTo. It says so in two places, and which of them answers a user's token depends on the granted scopes: a token
 * that one of them rejects may be as good as any.
 */
@Singleton
public class Accounts {

    private static final Account UNNAMED = new Account(null, null, null, null, null);

    /** Tokens wait to be stored meanwhile. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final GoToCalls goTo;
    private final ConnectionRepository repository;
    private final AccountApi api;

    Accounts(GoToCalls goTo, ConnectionRepository repository, AccountApi api) {
        this.goTo = goTo;
        this.repository = repository;
        this.api = api;
    }

    /** Who the user is at GoTo, asked now; as of the last consent, where the user's scopes do not let us ask. */
    public Uni<Account> of(User user) {
        return me(user).onFailure(Accounts::isRefusal)
                .recoverWithUni(() -> goTo.reading(user, api::scimMe).map(AccountApi.WireScimUser::toAccount))
                // The token may have been an old one the first time, and is a fresh one now.
                .onFailure(Accounts::isRefusal)
                .recoverWithUni(() -> me(user))
                .onFailure(Accounts::isRefusal)
                .recoverWithUni(() -> repository.connection(user).map(Connection::account));
    }

    /** Without a refresh when the token is rejected: for want of a scope, this place rejects every token. */
    private Uni<Account> me(User user) {
        return goTo.probing(user, api::me).map(AccountApi.WireMe::toAccount);
    }

    /**
     * Asks GoTo whether the connection works, which refreshes or ends it where that is the truth.
     *
     * <p>Fails with {@link Failure.ForbiddenByGoTo} where GoTo honours the connection and the account may do nothing with it, and
     * with {@link Failure.GoToUnavailable} where GoTo does not say.
     */
    public Uni<Connection> check(User user) {
        return goTo.reading(user, api::upcomingMeetings)
                .replaceWithVoid()
                .onFailure(Failure.ReconnectRequired.class)
                .recoverWithNull()
                .flatMap(checked -> repository.connection(user));
    }

    /** An account that nobody can name is connected all the same; the e-mail address of the token response is the least. */
    Uni<Account> of(User user, TokenResponse tokens) {
        return goTo.probing(user, tokens.accessToken(), api::me)
                .map(AccountApi.WireMe::toAccount)
                .onFailure(Failure.class)
                .recoverWithUni(() ->
                        goTo.probing(user, tokens.accessToken(), api::scimMe).map(AccountApi.WireScimUser::toAccount))
                .onFailure(Failure.class)
                .recoverWithItem(UNNAMED)
                .ifNoItem()
                .after(PATIENCE)
                .recoverWithItem(UNNAMED)
                .map(account -> account.email() == null
                        ? new Account(
                                tokens.principal(),
                                account.firstName(),
                                account.lastName(),
                                account.organizerKey(),
                                account.accountKey())
                        : account);
    }

    private static boolean isRefusal(Throwable failure) {
        return failure instanceof Failure.ForbiddenByGoTo || failure instanceof Failure.MeetingNotFound;
    }
}
