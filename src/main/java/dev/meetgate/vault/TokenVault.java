package dev.meetgate.vault;

import dev.meetgate.caller.User;
import dev.meetgate.database.Postgres;
import dev.meetgate.oauth.AuthorizationServer;
import dev.meetgate.oauth.TokenResponse;
import dev.meetgate.problem.Failure;
import dev.meetgate.reactive.Detached;
import dev.meetgate.secret.Secret;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.hibernate.exception.ConstraintViolationException;
import org.jspecify.annotations.Nullable;

/** Holds users' connections. Refresh tokens go in and never come out. */
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
     * Redeems an authorization code and keeps the tokens, before anybody is asked whose they are; a connection that is there already gets them in place of its own. Goes on
     * when the caller does not wait for it.
     *
     * <p>Fails with {@link dev.meetgate.oauth.InvalidGrant} or {@link Failure.GoToUnavailable}, and then nothing has changed.
     *
     * @return whether the user granted all that was asked for
     */
    public Uni<Boolean> redeem(User user, Secret code, Secret codeVerifier) {
        return detached.of(() -> authorizationServer
                .exchange(code, codeVerifier)
                .map(this::consent)
                .flatMap(consent -> keep(user, consent)
                        .onFailure(Failure.Unavailable.class)
                        .call(() -> revokeOrphaned(user, consent.tokens()))
                        .replaceWith(consent.complete())));
    }

    private Consent consent(TokenResponse tokens) {
        Set<String> requested = authorizationServer.requestedScopes();
        Set<String> granted = tokens.scopes() == null ? requested : tokens.scopes();
        return new Consent(tokens, granted, granted.containsAll(requested));
    }

    private Uni<Void> keep(User user, Consent consent) {
        Uni<Void> saved = repository
                .save(user, consent, Instant.now())
                // Two first connects of one user at once: the second finds the first one's row.
                .onFailure(ConstraintViolationException.class)
                .retry()
                .atMost(1);
        return Postgres.persistently(saved);
    }

    /** Nobody is to hold what could not be kept; but if the user has a connection, it may have been kept, or be ended by this. */
    private Uni<Void> revokeOrphaned(User user, TokenResponse tokens) {
        return revocations.revokeOrphaned(user, tokens).onFailure(Failure.class).recoverWithNull();
    }

    /** Fails with {@link Failure.NotConnected}. */
    public Uni<Connection> connection(User user) {
        return repository.connection(user);
    }

    /** The id of the user's connection, to which other tables refer. Fails with {@link Failure.NotConnected}. */
    public Uni<UUID> connectionId(User user) {
        return repository.id(user);
    }

    /** Keeps who the user is at GoTo, unless the user has consented anew since the connection was read. */
    public Uni<Void> name(User user, Connection connection, Account account) {
        return account.equals(connection.account())
                ? Uni.createFrom().voidItem()
                : repository.name(user, connection.connectedAt(), account);
    }

    /** The tenant's connections in the order of user ids, those after the given user. */
    public Uni<List<Connection>> connections(
            String tenant, Connection.@Nullable Status status, String afterUser, int limit) {
        return repository.page(tenant, status, afterUser, limit);
    }

    /** Erases the connection here, at once, and revokes it at GoTo: now, or when GoTo is up again. */
    public Uni<Void> disconnect(User user) {
        return revocations.erase(user);
    }
}
