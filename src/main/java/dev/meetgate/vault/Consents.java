package dev.meetgate.vault;

import dev.meetgate.caller.User;
import dev.meetgate.caller.UserLog;
import dev.meetgate.database.Postgres;
import dev.meetgate.oauth.AuthorizationServer;
import dev.meetgate.oauth.TokenResponse;
import dev.meetgate.problem.Failure;
import dev.meetgate.reactive.Detached;
import dev.meetgate.secret.Secret;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Singleton;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.hibernate.exception.ConstraintViolationException;
import org.jspecify.annotations.Nullable;

/** Makes connections of users' consents, at once or after they have waited. */
@Singleton
public class Consents {

    private final AuthorizationServer authorizationServer;
    private final ConnectionRepository repository;
    private final PendingConsents pending;
    private final Revocations revocations;
    private final Detached detached;

    Consents(
            AuthorizationServer authorizationServer,
            ConnectionRepository repository,
            PendingConsents pending,
            Revocations revocations,
            Detached detached) {
        this.authorizationServer = authorizationServer;
        this.repository = repository;
        this.pending = pending;
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

    /**
     * Redeems an authorization code and keeps the tokens apart from the user's connection, until
     * {@link #accept} or {@link #drop}, for ten minutes. Returns whether the user granted all requested
     * scopes; otherwise nothing is kept.
     *
     * @param link the hash of the link, which has one consent at most
     * @param alongside what is stored first in the same transaction; it may prevent the storing as in
     *     {@link #redeem}
     */
    public Uni<Boolean> hold(User user, Buffer link, Secret code, Secret codeVerifier, Supplier<Uni<Void>> alongside) {
        return detached.of(() -> authorizationServer
                .exchange(user, code, codeVerifier)
                .map(tokens -> consent(user, tokens))
                .flatMap(consent -> consent.complete()
                        ? hold(user, link, consent, alongside).replaceWith(true)
                        : revokeOrphaned(user, consent.tokens()).replaceWith(false)));
    }

    private Uni<Void> hold(User user, Buffer link, Consent consent, Supplier<Uni<Void>> alongside) {
        return Postgres.persistently(pending.keep(user, link, consent, alongside))
                .onFailure()
                .call(() -> revokeOrphaned(user, consent.tokens()))
                .call(() -> revokeEnded(user));
    }

    /** The account's e-mail address, if GoTo has told it and the consent still waits. */
    public Uni<@Nullable String> pendingEmail(User user, Buffer link) {
        return pending.find(user, link, false)
                .map(consent -> consent == null ? null : consent.tokens().principal());
    }

    /**
     * Makes a consent that waits the user's connection. Returns false if it does not wait any more.
     *
     * @param alongside what is stored in the same transaction; it may prevent the storing with
     *     {@link Failure.UnknownCallback}
     */
    public Uni<Boolean> accept(User user, Buffer link, boolean withChallenge, Supplier<Uni<Void>> alongside) {
        return detached.of(() -> pending.find(user, link, withChallenge)
                .flatMap(consent -> consent == null
                        ? Uni.createFrom().item(false)
                        : keep(user, consent, () -> alongside.get().flatMap(stored -> PendingConsents.delete(link)))
                                .replaceWith(true)
                                .onFailure(Failure.UnknownCallback.class)
                                .recoverWithItem(false)));
    }

    /**
     * Ends a consent that waits. Its grant is revoked at GoTo, now or later.
     *
     * @param until a newer consent with the same link waits longer, and stays
     */
    public Uni<Void> drop(User user, Buffer link, OffsetDateTime until) {
        return pending.drop(user, link, until).call(() -> revokeEnded(user));
    }

    private Uni<Void> revokeEnded(User user) {
        return revocations.revoke(user).onFailure(Failure.class).recoverWithNull();
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
        return new Consent(tokens, granted, complete, false);
    }

    private Uni<Void> keep(User user, Consent consent, Supplier<Uni<Void>> alongside) {
        Uni<Boolean> saved = repository
                .save(user, consent, alongside)
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
                .invoke(failure -> UserLog.info(user, "A grant that was not stored could not be noted for revocation"))
                .onFailure(Failure.class)
                .recoverWithNull();
    }
}
