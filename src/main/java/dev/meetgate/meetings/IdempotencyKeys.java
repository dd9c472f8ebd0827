package dev.meetgate.meetings;

import dev.meetgate.audit.Audit;
import dev.meetgate.caller.User;
import dev.meetgate.database.Postgres;
import dev.meetgate.database.Rows;
import dev.meetgate.meetings.GoToMeetingApi.WireCreated;
import dev.meetgate.problem.Failure;
import dev.meetgate.secret.Sha256;
import dev.meetgate.upkeep.Chore;
import dev.meetgate.upkeep.Expiry;
import dev.meetgate.vault.TokenVault;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import jakarta.annotation.Priority;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/** Stores Idempotency-Keys and their results for 24 hours, or until the connection is deleted. */
@Singleton
@Priority(Chore.QUICK)
class IdempotencyKeys implements Chore {

    /** The time in which an attempt may send requests. */
    static final Duration ATTEMPT = Duration.ofSeconds(60);

    /** The assumed maximum delay until GoTo lists a new meeting. */
    private static final Duration SETTLING = Duration.ofSeconds(30);

    private static final String RESERVE = """
            insert into idempotency_key (attempt, connection_id, key_hash, body_hash, outcome_unknown, settled_at, expires_at)
            select $1, $2, $3, $4, false, now() + interval '%d seconds', now() + interval '24 hours'
             where clock_timestamp() < $5
                on conflict (connection_id, key_hash) do update
               set attempt = excluded.attempt, body_hash = excluded.body_hash, outcome_unknown = false,
                   settled_at = excluded.settled_at, expires_at = excluded.expires_at,
                   meeting_id = null, join_url = null, dial_in = null
             where idempotency_key.expires_at < now()
            """.formatted(ATTEMPT.plus(SETTLING).toSeconds());

    private static final String FIND = """
            select attempt, body_hash = $3 as same_body, outcome_unknown, settled_at < now() as settled,
                   meeting_id, join_url, dial_in
              from idempotency_key where connection_id = $1 and key_hash = $2
            """;

    private static final String TAKE_OVER = """
            update idempotency_key
               set attempt = $2, outcome_unknown = false, settled_at = now() + interval '%d seconds'
             where attempt = $1 and meeting_id is null and clock_timestamp() < $3
            """.formatted(ATTEMPT.plus(SETTLING).toSeconds());

    /** Repeatable with the same meeting. */
    private static final String CONCLUDE = """
            update idempotency_key
               set meeting_id = $2, join_url = coalesce(join_url, $3), dial_in = coalesce(dial_in, $4)
             where attempt = $1 and (meeting_id is null or meeting_id = $2)
            """;

    private static final String LEAVE_OPEN = """
            update idempotency_key set outcome_unknown = true, settled_at = now() + interval '%d seconds'
             where attempt = $1 and meeting_id is null
            """.formatted(SETTLING.toSeconds());

    private static final String RELEASE = "delete from idempotency_key where attempt = $1 and meeting_id is null";

    /** Keys expire 24 hours after their first use, also when an attempt has taken them over. */
    private static final String OTHERS = """
            with used as (
                select connection_id, expires_at - interval '24 hours' as reserved_at from idempotency_key where attempt = $1)
            select meeting_id from idempotency_key join used using (connection_id)
             where meeting_id = any ($2) and attempt <> $1
             union
            select meeting_id from known_meeting, used
             where tenant = $3 and user_id = $4 and meeting_id = any ($2) and known_since < reserved_at
            """;

    private static final String UNIQUE_VIOLATION = "23505";
    private static final String FOREIGN_KEY_VIOLATION = "23503";

    private final Postgres postgres;
    private final TokenVault vault;

    IdempotencyKeys(Postgres postgres, TokenVault vault) {
        this.postgres = postgres;
        this.vault = vault;
    }

    /** Reserves the key, or returns its state. Fails with {@link Failure.NotConnected}. */
    Uni<Reservation> reserve(User user, IdempotencyKey key, String body, Duration patience) {
        return Uni.createFrom()
                .deferred(() -> vault.connectionId(user))
                .flatMap(connection -> reserve(connection, hash(key.value()), hash(body), patience))
                // A reconnection may have replaced the connection in between.
                .onFailure(failure -> isViolation(FOREIGN_KEY_VIOLATION, failure))
                .retry()
                .atMost(1)
                .onFailure(failure -> isViolation(FOREIGN_KEY_VIOLATION, failure))
                .transform(disconnected -> new Failure.NotConnected());
    }

    private Uni<Reservation> reserve(UUID connection, Buffer keyHash, Buffer bodyHash, Duration patience) {
        var attempt = Audit.newId();
        return postgres.executeWithin(patience, RESERVE, Tuple.of(attempt, connection, keyHash, bodyHash))
                .flatMap(inserted -> inserted.rowCount() == 1
                        ? Uni.createFrom().item(new Reservation.Ours(attempt))
                        : postgres.execute(FIND, Tuple.of(connection, keyHash, bodyHash))
                                .map(IdempotencyKeys::reservation));
    }

    /** Reuses an abandoned key. Fails with {@link Failure.IdempotencyConflict} if another attempt did. */
    Uni<UUID> takeOver(UUID abandoned, Duration patience) {
        var attempt = Audit.newId();
        return postgres.executeWithin(patience, TAKE_OVER, Tuple.of(abandoned, attempt))
                .map(updated -> {
                    if (updated.rowCount() == 0) {
                        throw Failure.IdempotencyConflict.underWay();
                    }
                    return attempt;
                });
    }

    /**
     * Stores the result. False if another attempt has the key; {@link Failure.IdempotencyConflict} if another
     * key has the meeting.
     */
    Uni<Boolean> conclude(UUID attempt, Meeting created) {
        return postgres.execute(CONCLUDE, Tuple.of(attempt, created.id(), created.joinUrl(), created.dialIn()))
                .map(updated -> updated.rowCount() == 1)
                .onFailure(failure -> isViolation(UNIQUE_VIOLATION, failure))
                .transform(taken -> Failure.IdempotencyConflict.underWay());
    }

    Uni<Void> leaveOpen(UUID attempt) {
        return postgres.execute(LEAVE_OPEN, Tuple.of(attempt)).replaceWithVoid();
    }

    /** Ends the attempt without a meeting. */
    Uni<Void> release(UUID attempt) {
        return postgres.execute(RELEASE, Tuple.of(attempt)).replaceWithVoid();
    }

    /** The meetings that have another key of the connection, or were stored before this key was used. */
    Uni<List<String>> others(User user, UUID attempt, List<String> meetingIds) {
        var values = Tuple.of(attempt, meetingIds.toArray(String[]::new), user.tenant(), user.id());
        return postgres.execute(OTHERS, values).map(rows -> Rows.all(rows, row -> row.getString("meeting_id")));
    }

    private static boolean isViolation(String state, Throwable failure) {
        return failure instanceof PgException problem && state.equals(problem.getSqlState());
    }

    private static Buffer hash(String text) {
        return Buffer.buffer(Sha256.of(text));
    }

    private static Reservation reservation(RowSet<Row> rows) {
        if (rows.size() == 0) {
            // The previous attempt released the key between the two statements.
            return new Reservation.UnderWay();
        }
        Row row = rows.iterator().next();
        if (!row.getBoolean("same_body")) {
            return new Reservation.OtherBody();
        }
        String meetingId = row.getString("meeting_id");
        if (meetingId != null) {
            return new Reservation.Done(
                    new WireCreated(meetingId, row.getString("join_url"), row.getString("dial_in")));
        }
        boolean settled = row.getBoolean("settled");
        return settled || row.getBoolean("outcome_unknown")
                ? new Reservation.Abandoned(row.getUUID("attempt"), settled)
                : new Reservation.UnderWay();
    }

    @Override
    public Uni<Boolean> run(BooleanSupplier mayGoOn) {
        return Expiry.delete(postgres, "idempotency_key", "attempt", mayGoOn);
    }
}
