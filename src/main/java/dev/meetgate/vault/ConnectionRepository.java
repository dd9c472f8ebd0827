package dev.meetgate.vault;

import static dev.meetgate.vault.Connection.Status.CONNECTED;
import static dev.meetgate.vault.Connection.Status.RECONNECT_REQUIRED;

import dev.meetgate.Failure;
import dev.meetgate.User;
import dev.meetgate.oauth.TokenResponse;
import dev.meetgate.secret.Sealer;
import dev.meetgate.secret.Secret;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Keeps connections, their tokens sealed. Every method is one short transaction.
 *
 * <p>Tokens are written with a lease and a compare-and-set on the generation: who comes too late changes nothing and is told so.
 */
@Singleton
class ConnectionRepository implements PanacheRepositoryBase<ConnectionEntity, UUID> {

    static final String ACCESS_TOKEN = "access_token";
    private static final String REFRESH_TOKEN = "refresh_token";
    private static final String OF_LEASE = " where id = :id and generation = :generation and leaseOwner = :owner";

    private final Sealer sealer;

    ConnectionRepository(Sealer sealer) {
        this.sealer = sealer;
    }

    Uni<Connection> connection(User user) {
        return Panache.withSession(() -> row(user)).map(ConnectionEntity::toConnection);
    }

    /** The tenant's connections after that user, in the order of user ids. */
    Uni<List<Connection>> page(String tenant, Connection.@Nullable Status status, String afterUser, int limit) {
        return Panache.withSession(() -> (status == null
                                ? find("tenant = ?1 and userId > ?2 order by userId", tenant, afterUser)
                                : find(
                                        "tenant = ?1 and userId > ?2 and status = ?3 order by userId",
                                        tenant,
                                        afterUser,
                                        status))
                        .range(0, limit - 1)
                        .list())
                .map(rows -> rows.stream().map(ConnectionEntity::toConnection).toList());
    }

    /**
     * Keeps what consent brought: a new connection, or the same one with new tokens. A connection that works is not given up for
     * one that was granted less than was asked for.
     */
    Uni<Void> save(User user, Consent consent, Instant now) {
        return Panache.withTransaction(() -> find("tenant = ?1 and userId = ?2", user.tenant(), user.id())
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResult()
                .flatMap(row -> {
                    if (row == null) {
                        return persistAndFlush(filled(new ConnectionEntity(), user, consent, now));
                    }
                    boolean better = consent.complete() || row.status != CONNECTED;
                    return Uni.createFrom().item(better ? filled(row, user, consent, now) : row);
                })
                .replaceWithVoid());
    }

    private ConnectionEntity filled(ConnectionEntity row, User user, Consent consent, Instant now) {
        TokenResponse tokens = consent.tokens();
        Account account = consent.account();
        row.tenant = user.tenant();
        row.userId = user.id();
        row.status = consent.complete() ? CONNECTED : RECONNECT_REQUIRED;
        row.reason = consent.complete() ? null : Connection.Reason.SCOPE_MISSING;
        row.sealedAccessToken = seal(tokens.accessToken(), ACCESS_TOKEN, user);
        row.sealedRefreshToken =
                tokens.refreshToken() == null ? null : seal(tokens.refreshToken(), REFRESH_TOKEN, user);
        row.accessTokenExpiresAt = tokens.expiresAt();
        row.scopes = String.join(" ", consent.scopes());
        row.email = account.email();
        row.firstName = account.firstName();
        row.lastName = account.lastName();
        row.organizerKey = account.organizerKey();
        row.accountKey = account.accountKey();
        row.connectedAt = now;
        row.refreshedAt = now;
        row.generation++;
        row.leaseOwner = null;
        row.leaseUntil = null;
        row.outcomeUnknown = false;
        return row;
    }

    /**
     * Takes the lease on this generation, if nobody else has it. From here on, durably, the refresh token counts as sent.
     *
     * @return nothing where somebody has the lease or the generation is past
     */
    Uni<@Nullable Lease> lease(User user, long generation) {
        var owner = UUID.randomUUID();
        return Panache.withTransaction(() -> row(user)
                .flatMap(row -> row.generation != generation || row.status != CONNECTED
                        ? Uni.createFrom().nullItem()
                        : takeLease(row, owner).map(taken -> taken == 1 ? lease(row, owner) : null)));
    }

    /** In SQL, because the lease runs on the database's clock, which is the same for every replica. */
    private static Uni<Integer> takeLease(ConnectionEntity row, UUID owner) {
        return Panache.getSession()
                .flatMap(session -> session.createNativeQuery("""
                        update connection
                           set lease_owner = :owner, outcome_unknown = true,
                               lease_until = clock_timestamp() + interval '%d seconds'
                         where id = :id and generation = :generation and outcome_unknown = :unknown
                           and status = 'CONNECTED'
                           and (lease_until is null or lease_until < clock_timestamp())
                        """.formatted(Lease.DURATION.toSeconds()))
                        .setParameter("owner", owner)
                        .setParameter("id", row.id)
                        .setParameter("generation", row.generation)
                        .setParameter("unknown", row.outcomeUnknown)
                        .executeUpdate());
    }

    private Lease lease(ConnectionEntity row, UUID owner) {
        byte[] sealed = row.sealedRefreshToken;
        Secret refreshToken = sealed == null ? null : open(sealed, REFRESH_TOKEN, row.user());
        return new Lease(owner, row.id, row.user(), row.generation, refreshToken, row.outcomeUnknown);
    }

    /** Stores the next generation; an answer without a refresh token keeps the one that was sent. */
    Uni<Boolean> replace(Lease lease, Secret refreshToken, TokenResponse tokens, Instant now) {
        Secret next = tokens.refreshToken() == null ? refreshToken : tokens.refreshToken();
        var values = new HashMap<String, Object>(Map.of(
                "accessToken", seal(tokens.accessToken(), ACCESS_TOKEN, lease.user()),
                "refreshToken", seal(next, REFRESH_TOKEN, lease.user()),
                "expiresAt", tokens.expiresAt(),
                "now", now));
        String scopes = "";
        if (tokens.scopes() != null) {
            values.put("scopes", String.join(" ", tokens.scopes()));
            scopes = "scopes = :scopes,";
        }
        return updateLeased(
                scopes
                        + " sealedAccessToken = :accessToken, sealedRefreshToken = :refreshToken, accessTokenExpiresAt = :expiresAt,"
                        + " refreshedAt = :now, outcomeUnknown = false, generation = generation + 1,",
                lease,
                values);
    }

    /** Gives the lease back: the token was not spent, or nobody knows whether it was. */
    Uni<Boolean> release(Lease lease) {
        return updateLeased("", lease, Map.of());
    }

    /** Ends the connection: its calls ask for a reconnect from now on. */
    Uni<Boolean> end(Lease lease, Connection.Reason reason) {
        return updateLeased(
                "status = :status, reason = :reason,", lease, Map.of("status", RECONNECT_REQUIRED, "reason", reason));
    }

    /**
     * Erases the connection.
     *
     * @return its refresh token, for revocation, where there is one
     */
    Uni<@Nullable Secret> erase(User user) {
        return Panache.withTransaction(() -> find("tenant = ?1 and userId = ?2", user.tenant(), user.id())
                        .withLock(LockModeType.PESSIMISTIC_WRITE)
                        .firstResult()
                        .flatMap(row -> row == null
                                ? Uni.createFrom().nullItem()
                                : delete(row).replaceWith(() -> row.sealedRefreshToken)))
                .map(token -> token == null ? null : open(token, REFRESH_TOKEN, user));
    }

    private Uni<Boolean> updateLeased(String assignments, Lease lease, Map<String, Object> values) {
        var parameters = new HashMap<String, Object>(values);
        parameters.put("id", lease.connection());
        parameters.put("generation", lease.generation());
        parameters.put("owner", lease.owner());
        return Panache.withTransaction(
                        () -> update(assignments + " leaseOwner = null, leaseUntil = null" + OF_LEASE, parameters))
                .map(updated -> updated == 1);
    }

    private Uni<ConnectionEntity> row(User user) {
        return find("tenant = ?1 and userId = ?2", user.tenant(), user.id())
                .firstResult()
                .onItem()
                .ifNull()
                .failWith(Failure.NotConnected::new);
    }

    private byte[] seal(Secret token, String field, User user) {
        return sealer.seal(token, field, user.tenant(), user.id());
    }

    private Secret open(byte[] sealed, String field, User user) {
        return sealer.open(sealed, field, user.tenant(), user.id());
    }
}
