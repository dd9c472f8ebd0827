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
import org.jspecify.annotations.Nullable;

/**
 * The users' accounts at GoTo.
 *
 * <p>GoTo has two APIs for the account; the granted scopes decide which one answers. A token that one API
 * rejects may be valid for the other.
 *
 * <p>A connection is stored before it has a name. The missing data is added as soon as GoTo returns it.
 * Without it, the e-mail address of the consent tells whether the account is another one than before.
 */
@Singleton
public class Accounts {

    /** How long the browser waits for the name. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final GoToCalls goTo;
    private final TokenVault vault;
    private final AccountApi api;

    Accounts(GoToCalls goTo, TokenVault vault, GoToClients clients) {
        this.goTo = goTo;
        this.vault = vault;
        this.api = clients.of(AccountApi.class);
    }

    /** Asks GoTo for the account. Falls back to the stored account if the scopes forbid it. */
    public Uni<Account> of(User user) {
        return vault.connection(user).flatMap(connection -> asked(user)
                .call(account -> remember(user, connection, account))
                .onFailure(Accounts::isRefusal)
                .recoverWithItem(connection.account()));
    }

    private Uni<Account> asked(User user) {
        return me(user).onFailure(Accounts::isRefusal)
                .recoverWithUni(() -> goTo.call(user, api::scimMe).map(AccountApi::ofScimMe))
                // The first attempt may have used an old token. The token is fresh now.
                .onFailure(Accounts::isRefusal)
                .recoverWithUni(() -> me(user));
    }

    /** Keeps the token when GoTo rejects it: without the scope, this API rejects every token. */
    private Uni<Account> me(User user) {
        return goTo.call(user, call -> api.me(call.takingRejections())).map(AccountApi::ofMe);
    }

    /**
     * Tests the connection with a call to GoTo. The call refreshes or ends the connection as needed.
     *
     * <p>A connection works if GoTo takes its token, whatever the account may do. Fails with
     * {@link Failure.GoToUnavailable} if GoTo does not answer.
     */
    public Uni<Connection> check(User user) {
        return goTo.call(user, call -> api.upcomingMeetings(call.provingTheToken()))
                .replaceWithVoid()
                .onFailure(failure -> failure instanceof Failure.ReconnectRequired || isRefusalOfAGoodToken(failure))
                .recoverWithNull()
                .flatMap(checked -> withName(user));
    }

    /** Returns the connection and tries to add a missing name. Refreshes no token. */
    public Uni<Connection> withName(User user) {
        return vault.connection(user)
                .flatMap(connection -> connection.isNamed()
                        ? Uni.createFrom().item(connection)
                        : name(user, connection).flatMap(done -> vault.connection(user)));
    }

    /** Whether the account has a licence for GoToMeeting. True if GoTo does not tell it soon. */
    public Uni<Boolean> isLicensed(User user) {
        return goTo.call(user, call -> api.me(call.withStoredToken()))
                .map(AccountApi::hasMeetings)
                .ifNoItem()
                .after(PATIENCE)
                .recoverWithItem(true)
                .onFailure(Failure.class)
                .recoverWithItem(true);
    }

    /** The user's own key at GoTo, or null if GoTo does not tell it. Fails if GoTo cannot be asked. */
    public Uni<@Nullable String> organizerKey(User user) {
        return vault.connection(user)
                .flatMap(connection -> connection.isNamed() ? Uni.createFrom().item(connection.account()) : of(user))
                .map(Account::organizerKey);
    }

    private Uni<Void> name(User user, Connection connection) {
        return goTo.call(user, call -> api.me(call.withStoredToken()))
                .map(AccountApi::ofMe)
                .onFailure(Failure.class)
                .recoverWithUni(() -> goTo.call(user, call -> api.scimMe(call.withStoredToken()))
                        .map(AccountApi::ofScimMe))
                .ifNoItem()
                .after(PATIENCE)
                .recoverWithItem(connection::account)
                .onFailure(Failure.class)
                .recoverWithItem(connection::account)
                .flatMap(account -> remember(user, connection, account));
    }

    /** The answer does not depend on it. */
    private Uni<Void> remember(User user, Connection connection, Account account) {
        return vault.storeAccount(user, connection, account)
                .onFailure(Failure.Unavailable.class)
                .recoverWithNull();
    }

    private static boolean isRefusalOfAGoodToken(Throwable failure) {
        return isRefusal(failure)
                && !(failure instanceof Failure.ForbiddenByGoTo forbidden && forbidden.gotoStatus() == 401);
    }

    private static boolean isRefusal(Throwable failure) {
        return failure instanceof Failure.ForbiddenByGoTo || failure instanceof Failure.MeetingNotFound;
    }
}
