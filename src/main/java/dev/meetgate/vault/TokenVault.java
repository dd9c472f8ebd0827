package dev.meetgate.vault;

import dev.meetgate.caller.Origin;
import dev.meetgate.caller.User;
import dev.meetgate.caller.UserLog;
import dev.meetgate.problem.Failure;
import dev.meetgate.reactive.Detached;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Users' connections. Refresh tokens never leave the vault. */
@Singleton
public class TokenVault {

    private final ConnectionRepository repository;
    private final PendingConsents pending;
    private final Revocations revocations;
    private final Detached detached;

    TokenVault(ConnectionRepository repository, PendingConsents pending, Revocations revocations, Detached detached) {
        this.repository = repository;
        this.pending = pending;
        this.revocations = revocations;
        this.detached = detached;
    }

    /** Fails with {@link Failure.NotConnected}. */
    public Uni<Connection> connection(User user) {
        return repository.connection(user);
    }

    public Uni<@Nullable Connection> connectionIfAny(User user) {
        return connection(user)
                .<@Nullable Connection>map(connection -> connection)
                .onFailure(Failure.NotConnected.class)
                .recoverWithNull();
    }

    /** Whether the tenant ties this user's connection to its own sessions. False without a connection. */
    public Uni<Boolean> isWithChallenge(User user) {
        return repository
                .isWithChallenge(user)
                .onFailure(Failure.NotConnected.class)
                .recoverWithItem(false);
    }

    /** The id of the connection, for foreign keys. Fails with {@link Failure.NotConnected}. */
    public Uni<UUID> connectionId(User user) {
        return repository.id(user);
    }

    /**
     * Stores the account of the user's last consent, unless the user has connected again since the connection
     * was read. If the user had another account before, its grant is revoked and what is remembered of it is
     * erased.
     */
    public Uni<Void> storeAccount(User user, Connection connection, Account account) {
        Account named = account.withEmailUnlessKnown(connection.account().email());
        if (connection.isNamed() && named.equals(connection.account())) {
            return Uni.createFrom().voidItem();
        }
        return detached.of(() -> repository
                .storeAccount(user, connection.connectedAt(), named)
                .flatMap(changed ->
                        changed ? revokeFormerGrant(user) : Uni.createFrom().voidItem()));
    }

    private Uni<Void> revokeFormerGrant(User user) {
        UserLog.info(user, "Connected to another GoTo account");
        return revocations.revoke(user);
    }

    /** The tenant's connections after the given user, sorted by user id. */
    public Uni<List<Connection>> connections(
            String tenant, Connection.@Nullable Status status, String afterUser, int limit) {
        return repository.page(tenant, status, afterUser, limit);
    }

    /**
     * Erases the connection immediately and revokes it at GoTo, now or when GoTo is available again. Returns
     * whether there was one.
     */
    public Uni<Boolean> disconnect(User user) {
        Origin origin = Origin.current();
        return pending.drop(user, null, null).flatMap(dropped -> revocations.erase(user, origin));
    }
}
