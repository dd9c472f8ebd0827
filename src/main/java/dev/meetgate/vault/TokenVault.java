package dev.meetgate.vault;

import dev.meetgate.caller.Origin;
import dev.meetgate.caller.User;
import dev.meetgate.caller.UserLog;
import dev.meetgate.database.Postgres;
import dev.meetgate.oauth.AuthorizationServer;
import dev.meetgate.oauth.TokenResponse;
import dev.meetgate.problem.Failure;
import dev.meetgate.reactive.Detached;
import dev.meetgate.secret.Secret;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.hibernate.exception.ConstraintViolationException;
import org.jspecify.annotations.Nullable;

/** Stores users' connections. Refresh tokens never leave the vault. */
@Singleton
public class TokenVault {

    private final AuthorizationServer authorizationServer;
    private final ConnectionRepository repository;
    private final Revocations revocations;
    private final Detached detached;

    TokenVault(
            AuthorizationServer authorizationServer,
            ConnectionRepository repository,
            Revocations revocations,
            Detached detached) {
        this.authorizationServer = authorizationServer;
        this.repository = repository;
        this.revocations = revocations;
        this.detached = detached;
    }

    /**
     * Redeems an authorization code and stores the tokens, even if the caller leaves. Returns whether the
     * user granted all requested scopes. Fails with {@link dev.meetgate.oauth.InvalidGrant} or
     * {@link Failure.GoToUnavailable} without any change.
     *
     * @param alongside what is stored in the same transaction; it gets the result, and may prevent the
     *     storing by failing with {@link Failure.UnknownCallback}
     */
    public Uni<Boolean> redeem(User user, Secret code, Secret codeVerifier, Function<Boolean, Uni<Void>> alongside) {
        return detached.of(() -> authorizationServer
                .exchange(user, code, codeVerifier)
                .map(tokens -> consent(user, tokens))
                .flatMap(consent -> keep(user, consent, () -> alongside.apply(consent.complete()))
                        .onFailure()
                        .call(() -> revokeOrphaned(user, consent.tokens()))
                        .replaceWith(consent.complete())));
    }

    private Consent consent(User user, TokenResponse tokens) {
        Set<String> requested = authorizationServer.requestedScopes();
        Set<String> granted = tokens.scopes() == null ? requested : tokens.scopes();
        boolean complete = granted.containsAll(requested);
        if (!complete) {
            List<String> missing =
                    requested.stream().filter(scope -> !granted.contains(scope)).toList();
            UserLog.info(user, "A consent lacks scopes of GOTO_SCOPES: " + missing);
        }
        return new Consent(tokens, granted, complete);
    }

    private Uni<Void> keep(User user, Consent consent, Supplier<Uni<Void>> alongside) {
        Uni<Boolean> saved = repository
                .save(user, consent, Instant.now().truncatedTo(ChronoUnit.MICROS), alongside)
                // Two first connects of a user at once: the second attempt finds the row of the first.
                .onFailure(ConstraintViolationException.class)
                .retry()
                .atMost(1);
        return Postgres.persistently(saved)
                .flatMap(kept -> kept ? Uni.createFrom().voidItem() : revokeOrphaned(user, consent.tokens()));
    }

    /** Revokes tokens that could not be stored. The user's connection may have them: then this waits. */
    private Uni<Void> revokeOrphaned(User user, TokenResponse tokens) {
        return revocations
                .revokeOrphaned(user, Account.known(tokens.principal()), tokens)
                .onFailure(Failure.class)
                .recoverWithNull();
    }

    public Uni<Connection> connection(User user) {
        return repository.connection(user);
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
    public Uni<Void> name(User user, Connection connection, Account account) {
        Account named = account.withEmailUnlessKnown(connection.account().email());
        if (connection.isNamed() && named.equals(connection.account())) {
            return Uni.createFrom().voidItem();
        }
        return detached.of(() -> repository
                .name(user, connection.connectedAt(), named)
                .flatMap(changed -> changed ? ended(user) : Uni.createFrom().voidItem()));
    }

    private Uni<Void> ended(User user) {
        UserLog.info(user, "Connected to another GoTo account");
        return revocations.revoke(user);
    }

    /** The tenant's connections after the given user, sorted by user id. */
    public Uni<List<Connection>> connections(
            String tenant, Connection.@Nullable Status status, String afterUser, int limit) {
        return repository.page(tenant, status, afterUser, limit);
    }

    /** Erases the connection immediately and revokes it at GoTo, now or when GoTo is available again. */
    public Uni<Void> disconnect(User user) {
        return revocations.erase(user, Origin.current());
    }
}
