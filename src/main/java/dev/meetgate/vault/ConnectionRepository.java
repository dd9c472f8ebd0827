package dev.meetgate.vault;

import static dev.meetgate.vault.Connection.Status.CONNECTED;
import static dev.meetgate.vault.Connection.Status.RECONNECT_REQUIRED;

import dev.meetgate.audit.Action;
import dev.meetgate.audit.Entries;
import dev.meetgate.caller.Origin;
import dev.meetgate.caller.User;
import dev.meetgate.database.Postgres;
import dev.meetgate.events.EventType;
import dev.meetgate.events.Events;
import dev.meetgate.oauth.TokenResponse;
import dev.meetgate.problem.Failure;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Stores connections, their tokens sealed. No method holds a database connection during a call to GoTo. */
@Singleton
class ConnectionRepository implements PanacheRepositoryBase<ConnectionEntity, UUID> {

    /** A consent without requested scopes makes a connection that cannot be used. */
    private static final String RECORD = Entries.write(
            "cast(:action as text)",
            "case when :complete then 'success' else 'failed' end",
            "case when :complete then null else 'scope-missing' end",
            "cast(:origin as text)",
            "connection where id = :connection");

    private final TokenSealer sealer;
    private final Events events;

    ConnectionRepository(TokenSealer sealer, Events events) {
        this.sealer = sealer;
        this.events = events;
    }

    Uni<Connection> connection(User user) {
        return Postgres.reading(Panache.withSession(() -> row(user))).map(ConnectionEntity::toConnection);
    }

    Uni<UUID> id(User user) {
        return Postgres.reading(Panache.withSession(() -> row(user))).map(row -> row.id);
    }

    Uni<Boolean> isWithChallenge(User user) {
        return Postgres.reading(Panache.withSession(() -> row(user))).map(row -> row.withChallenge);
    }

    /**
     * Stores the account of a consent. Returns whether the user had another account before. The connection
     * then gets a new id, so that the database deletes what refers to the old one: what is remembered of
     * meetings.
     */
    Uni<Boolean> storeAccount(User user, Instant connectedAt, Account account) {
        return Postgres.guarded(Panache.withTransaction(() -> find(
                                "tenant = ?1 and userId = ?2 and connectedAt = ?3",
                                user.tenant(),
                                user.id(),
                                connectedAt)
                        .withLock(LockModeType.PESSIMISTIC_WRITE)
                        .firstResult()
                        .flatMap(row -> row == null ? Uni.createFrom().item(false) : storeAccount(row, account))))
                .invoke(changed -> events.written(user.tenant()));
    }

    private Uni<Boolean> storeAccount(ConnectionEntity row, Account account) {
        if (!row.hasChangedTo(account)) {
            row.confirm(account);
            return Uni.createFrom().item(false);
        }
        if (row.leaseOwner != null) {
            // The refresh could not store its tokens for a new id. The next call decides.
            return Uni.createFrom().item(false);
        }
        UUID old = row.id;
        return Panache.getSession()
                .invoke(session -> session.detach(row))
                .flatMap(detached -> delete("id", old))
                .invoke(() -> row.renew(account))
                .flatMap(deleted -> persistAndFlush(row))
                .call(() -> tell(EventType.CONNECTION_ACCOUNT_CHANGED, row))
                .replaceWith(true);
    }

    /** The tenant's connections after the given user, sorted by user id. */
    Uni<List<Connection>> page(String tenant, Connection.@Nullable Status status, String afterUser, int limit) {
        return Postgres.reading(Panache.withSession(() -> (status == null
                                ? find("tenant = ?1 and userId > ?2 order by userId", tenant, afterUser)
                                : find(
                                        "tenant = ?1 and userId > ?2 and status = ?3 order by userId",
                                        tenant,
                                        afterUser,
                                        status))
                        .range(0, limit - 1)
                        .list()))
                .map(rows -> rows.stream().map(ConnectionEntity::toConnection).toList());
    }

    /**
     * Stores new tokens, and a note to revoke the grant that they replace. A working connection keeps its own
     * if the new consent lacks requested scopes. Returns whether the tokens were stored.
     *
     * @param consent is stored once, also if this is called again because an answer was lost
     * @param alongside stores more in the same transaction, or prevents the storing with a failure
     */
    Uni<Boolean> save(User user, Consent consent, Supplier<Uni<Void>> alongside) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        String origin = Origin.current().json();
        return Postgres.guarded(
                        Panache.withTransaction(() -> find("tenant = ?1 and userId = ?2", user.tenant(), user.id())
                                .withLock(LockModeType.PESSIMISTIC_WRITE)
                                .firstResult()
                                .flatMap(row -> row != null && consent.id().equals(row.consentId)
                                        ? Uni.createFrom().item(true)
                                        : save(row, user, consent, now, origin).call(saved -> alongside.get()))))
                .invoke(saved -> events.written(user.tenant()));
    }

    private Uni<Boolean> save(@Nullable ConnectionEntity row, User user, Consent consent, Instant now, String origin) {
        if (row == null) {
            return persistAndFlush(filled(new ConnectionEntity(), user, consent, now))
                    .call(saved -> tell(typeOf(consent, EventType.CONNECTION_CONNECTED), saved))
                    .call(saved -> record(Action.CONNECTION_CONNECT, consent, saved, origin))
                    .replaceWith(true);
        }
        if (!consent.complete() && row.status == CONNECTED) {
            return Uni.createFrom().item(false);
        }
        return noteGrant(row)
                .flatMap(noted -> persistAndFlush(filled(row, user, consent, now)))
                .call(() -> tell(typeOf(consent, EventType.CONNECTION_RECONNECTED), row))
                .call(() -> record(Action.CONNECTION_RECONNECT, consent, row, origin))
                .replaceWith(true);
    }

    /** A consent without requested scopes makes a connection that cannot be used. */
    private static EventType typeOf(Consent consent, EventType ofComplete) {
        return consent.complete() ? ofComplete : EventType.CONNECTION_RECONNECT_REQUIRED;
    }

    /** Writes an event of the row as it is stored now. */
    private static Uni<Integer> tell(EventType type, ConnectionEntity row) {
        return Panache.getSession().flatMap(session -> session.createNativeQuery(ConnectionEvents.OF_ONE)
                .setParameter("type", type.type())
                .setParameter("connection", row.id)
                .executeUpdate());
    }

    private static Uni<Integer> record(Action action, Consent consent, ConnectionEntity row, String origin) {
        return Panache.getSession().flatMap(session -> session.createNativeQuery(RECORD)
                .setParameter("action", action.word())
                .setParameter("complete", consent.complete())
                .setParameter("origin", origin)
                .setParameter("connection", row.id)
                .executeUpdate());
    }

    private static Uni<Integer> noteGrant(ConnectionEntity row) {
        return Panache.getSession().flatMap(session -> session.createNativeQuery(RevocationNotes.OF_REPLACED)
                .setParameter("connection", row.id)
                .executeUpdate());
    }

    private ConnectionEntity filled(ConnectionEntity row, User user, Consent consent, Instant now) {
        TokenResponse tokens = consent.tokens();
        row.consentOf(tokens.principal());
        row.tenant = user.tenant();
        row.userId = user.id();
        row.status = consent.complete() ? CONNECTED : RECONNECT_REQUIRED;
        row.reason = consent.complete() ? null : Connection.Reason.SCOPE_MISSING;
        row.sealedAccessToken = sealer.accessToken(tokens.accessToken(), user);
        row.sealedRefreshToken =
                tokens.refreshToken() == null ? null : sealer.refreshToken(tokens.refreshToken(), user);
        row.accessTokenExpiresAt = tokens.expiresAt();
        row.scopes = String.join(" ", consent.scopes());
        // By this time, storeAccount(…) tells whether the user has connected again.
        row.connectedAt = now.equals(row.connectedAt) ? now.plus(1, ChronoUnit.MICROS) : now;
        row.refreshedAt = now;
        row.generation++;
        row.leaseOwner = null;
        row.leaseUntil = null;
        row.failingSince = null;
        row.outcomeUnknown = false;
        row.withChallenge = consent.withChallenge();
        row.consentId = consent.id();
        return row;
    }

    private Uni<ConnectionEntity> row(User user) {
        return find("tenant = ?1 and userId = ?2", user.tenant(), user.id())
                .firstResult()
                .onItem()
                .ifNull()
                .failWith(Failure.NotConnected::new);
    }
}
