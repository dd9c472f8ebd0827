package dev.meetgate.vault;

import dev.meetgate.audit.Action;
import dev.meetgate.audit.Entries;
import dev.meetgate.caller.Origin;
import dev.meetgate.caller.User;
import dev.meetgate.database.DatabaseErrors;
import dev.meetgate.database.Postgres;
import dev.meetgate.database.Rows;
import dev.meetgate.events.EventType;
import dev.meetgate.events.Events;
import dev.meetgate.oauth.TokenResponse;
import dev.meetgate.secret.Secret;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Grants leases on refresh tokens and stores results, each in one statement by the database's clock. Without
 * the lease, a method changes nothing and returns {@code false}.
 */
@Singleton
class Leases {

    /** Marks the refresh token as sent, unless the time of the last parameter is over. */
    private static final String TAKE = """
            with free as (
                select id, outcome_unknown and lease_owner is distinct from $4 as outcome_unknown from connection
                 where tenant = $1 and user_id = $2 and generation = $3 and status = 'CONNECTED'
                   and (lease_until is null or lease_until < clock_timestamp() or lease_owner = $4)
                   for update)
            update connection
               set lease_owner = $4, lease_until = clock_timestamp() + interval '%d seconds',
                   lease_seen = clock_timestamp(), outcome_unknown = true
              from free where connection.id = free.id and clock_timestamp() < $5
            returning connection.id, sealed_refresh_token, free.outcome_unknown, email, organizer_key, account_key, scopes
            """.formatted(Lease.DURATION.toSeconds());

    private static final String OF_LEASE = " where id = $1 and generation = $2 and lease_owner = $3";

    private static final String REPLACE = """
            update connection
               set lease_owner = null, lease_until = null, outcome_unknown = false, generation = generation + 1,
                   sealed_access_token = $4, sealed_refresh_token = $5, access_token_expires_at = $6,
                   scopes = coalesce($7, scopes), refreshed_at = $8, failing_since = null
            """ + OF_LEASE;

    private static final String IS_STORED =
            "select from connection where id = $1 and generation = $2 + 1 and sealed_access_token = $3";

    private static final String RELEASE =
            "update connection set lease_owner = null, lease_until = null, outcome_unknown = $4" + OF_LEASE;

    /** The lease lasts until its end, without owner. */
    private static final String LEAVE = "update connection set lease_owner = null" + OF_LEASE;

    private static final String SEEN = "update connection set lease_seen = clock_timestamp()" + OF_LEASE;

    /** A lease without owner. It lasts as long as the failures have lasted, within bounds. */
    private static final String REST = """
            update connection
               set lease_owner = null, outcome_unknown = true,
                   failing_since = case when failing_since > refreshed_at then failing_since else clock_timestamp() end,
                   lease_until = clock_timestamp() + least(interval '2 minutes', greatest(interval '5 seconds',
                       case when failing_since > refreshed_at then clock_timestamp() - failing_since end))
            """ + OF_LEASE;

    private static final String END = """
            with ended as (
                update connection
                   set lease_owner = null, lease_until = null, status = 'RECONNECT_REQUIRED', reason = $4
                %s returning *),
            audited as (
                %s)
            %s
            """.formatted(
                    OF_LEASE,
                    Entries.write(
                            "'%s'".formatted(Action.CONNECTION_END.word()),
                            "'success'",
                            "lower(replace(reason, '_', '-'))",
                            "$5::text",
                            "ended"),
                    ConnectionEvents.write(EventType.CONNECTION_RECONNECT_REQUIRED, "ended"));

    private final Postgres postgres;
    private final TokenSealer sealer;
    private final Events events;

    Leases(Postgres postgres, TokenSealer sealer, Events events) {
        this.postgres = postgres;
        this.sealer = sealer;
        this.events = events;
    }

    /** Returns null if the lease is taken, the generation is outdated, or the connection has ended. */
    Uni<@Nullable Lease> take(User user, long generation, Duration patience) {
        var owner = UUID.randomUUID();
        return Uni.createFrom()
                .deferred(() ->
                        postgres.executeWithin(patience, TAKE, Tuple.of(user.tenant(), user.id(), generation, owner)))
                // A repeated statement takes what the lost one may have taken.
                .onFailure(DatabaseErrors::isAnswerLost)
                .retry()
                .atMost(1)
                .map(rows -> Rows.only(rows, row -> lease(row, user, generation, owner)));
    }

    private Lease lease(Row row, User user, long generation, UUID owner) {
        Secret refreshToken = row.getBuffer(1) == null
                ? null
                : sealer.openRefreshToken(row.getBuffer(1).getBytes(), user);
        var account = new Account(row.getString(3), null, null, row.getString(4), row.getString(5));
        var scopes = List.of(row.getString(6).split(" "));
        return new Lease(owner, row.getUUID(0), user, account, scopes, generation, refreshToken, row.getBoolean(2));
    }

    /**
     * Stores the next generation. Without a new refresh token, the sent one is kept. A repeated
     * subscription finds its own tokens, if the answer to an earlier one was lost.
     */
    Uni<Boolean> replace(Lease lease, Secret refreshToken, TokenResponse tokens, Instant now) {
        Secret next = tokens.refreshToken() == null ? refreshToken : tokens.refreshToken();
        // Sealed once: no other value is equal.
        Buffer accessToken = Buffer.buffer(sealer.accessToken(tokens.accessToken(), lease.user()));
        return update(
                        REPLACE,
                        lease,
                        accessToken,
                        Buffer.buffer(sealer.refreshToken(next, lease.user())),
                        tokens.expiresAt().atOffset(ZoneOffset.UTC),
                        scopes(lease, tokens),
                        now.atOffset(ZoneOffset.UTC))
                .flatMap(replaced -> replaced ? Uni.createFrom().item(true) : isStored(lease, accessToken));
    }

    private Uni<Boolean> isStored(Lease lease, Buffer accessToken) {
        return postgres.execute(IS_STORED, Tuple.of(lease.connection(), lease.generation(), accessToken))
                .map(rows -> rows.size() == 1);
    }

    /** A refresh grants nothing new (RFC 6749 §6). Null if they stay as they are. */
    private static @Nullable String scopes(Lease lease, TokenResponse tokens) {
        if (tokens.scopes() == null) {
            return null;
        }
        boolean unknown = lease.scopes().stream().allMatch(String::isBlank);
        return tokens.scopes().stream()
                .filter(scope -> unknown || lease.scopes().contains(scope))
                .collect(Collectors.joining(" "));
    }

    /** Gives the lease back. A refresh token that may be spent stays marked as sent. */
    Uni<Boolean> release(Lease lease, boolean spent) {
        return update(RELEASE, lease, spent || lease.outcomeUnknown());
    }

    /** Gives the lease back, so that nobody takes it for a while. */
    Uni<Boolean> rest(Lease lease) {
        return update(REST, lease);
    }

    /** Gives the lease back, so that nobody takes it before its end. */
    Uni<Boolean> leave(Lease lease) {
        return update(LEAVE, lease);
    }

    /** Says that the owner is at work. */
    Uni<Boolean> seen(Lease lease) {
        return update(SEEN, lease);
    }

    /** Ends the connection, so that its calls require a reconnect. */
    Uni<Boolean> end(Lease lease, Connection.Reason reason) {
        return update(END, lease, reason.name(), Origin.meetgate().json())
                .invoke(() -> events.written(lease.user().tenant()));
    }

    private Uni<Boolean> update(String statement, Lease lease, @Nullable Object... values) {
        var tuple = Tuple.of(lease.connection(), lease.generation(), lease.owner());
        for (Object value : values) {
            tuple.addValue(value);
        }
        return postgres.execute(statement, tuple).map(rows -> rows.rowCount() == 1);
    }
}
