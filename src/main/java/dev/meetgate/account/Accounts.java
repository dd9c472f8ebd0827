package dev.meetgate.account;

import dev.meetgate.caller.User;
import dev.meetgate.gotoapi.GoToCalls;
import dev.meetgate.gotoapi.GoToClients;
import dev.meetgate.problem.Failure;
import dev.meetgate.vault.Account;
import dev.meetgate.vault.Connection;
import dev.meetgate.vault.TokenVault;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * Who users are at GoTo. GoTo says so in two places, and the granted scopes decide which of them answers: a token that one place rejects
 * may be as good as any.
 *
 * <p>A connection is stored before it has a name. Whenever GoTo says who the user is, the connection gets what it lacks.
 */
@Singleton
public class Accounts {

    /** How long a person waits for it in the browser. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final GoToCalls goTo;
    private final TokenVault vault;
    private final AccountApi api;

    Accounts(GoToCalls goTo, TokenVault vault, GoToClients clients) {
        this.goTo = goTo;
        this.vault = vault;
        this.api = clients.of(AccountApi.class);
    }

    /** Who the user is at GoTo, asked now; as of the last time that GoTo said so, where the user's scopes do not let us ask. */
    public Uni<Account> of(User user) {
        return vault.connection(user).flatMap(connection -> asked(user)
                .call(account -> vault.name(user, connection, account))
                .onFailure(Accounts::isRefusal)
                .recoverWithItem(connection.account()));
    }

    private Uni<Account> asked(User user) {
        return me(user).onFailure(Accounts::isRefusal)
                .recoverWithUni(() -> goTo.call(user, api::scimMe).map(AccountApi.WireScimUser::toAccount))
                // The token may have been an old one the first time, and is a fresh one now.
                .onFailure(Accounts::isRefusal)
                .recoverWithUni(() -> me(user));
    }

    /** Without a refresh when the token is rejected: for want of a scope, this place rejects every token. */
    private Uni<Account> me(User user) {
        return goTo.call(user, call -> api.me(call.keepingToken())).map(AccountApi.WireMe::toAccount);
    }

    /**
     * Asks GoTo whether the connection works, which refreshes or ends it where that is the truth.
     *
     * <p>Fails with {@link Failure.ForbiddenByGoTo} where GoTo honours the connection and the account may do nothing with it, and
     * with {@link Failure.GoToUnavailable} where GoTo does not say.
     */
    public Uni<Connection> check(User user) {
        return goTo.call(user, api::upcomingMeetings)
                .replaceWithVoid()
                .onFailure(Failure.ReconnectRequired.class)
                .recoverWithNull()
                .flatMap(checked -> named(user));
    }

    /** The connection, with its name if GoTo says it now. The name is worth no failure and no refresh. */
    public Uni<Connection> named(User user) {
        return vault.connection(user)
                .flatMap(connection -> connection.isNamed()
                        ? Uni.createFrom().item(connection)
                        : name(user, connection).flatMap(done -> vault.connection(user)));
    }

    private Uni<Void> name(User user, Connection connection) {
        return me(user).onFailure(Failure.class)
                .recoverWithUni(() -> goTo.call(user, call -> api.scimMe(call.keepingToken()))
                        .map(AccountApi.WireScimUser::toAccount))
                .flatMap(account -> vault.name(user, connection, account))
                .ifNoItem()
                .after(PATIENCE)
                .recoverWithItem(() -> null)
                .onFailure(Failure.class)
                .recoverWithNull();
    }

    private static boolean isRefusal(Throwable failure) {
        return failure instanceof Failure.ForbiddenByGoTo || failure instanceof Failure.MeetingNotFound;
    }
}
