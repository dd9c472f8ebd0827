package dev.meetgate.meetings;

import dev.meetgate.caller.User;
import dev.meetgate.database.Postgres;
import dev.meetgate.meetings.GoToMeetingApi.WireCreated;
import dev.meetgate.problem.Failure;
import dev.meetgate.secret.Secret;
import dev.meetgate.upkeep.Chore;
import dev.meetgate.upkeep.Expiry;
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
import java.util.stream.StreamSupport;

/**
 * Keeps who uses which Idempotency-Key and what became of it, for a day. Every method is one statement. Keys belong to a connection
 * and go with it.
 */
@Singleton
@Priority(Chore.DELETE)
class IdempotencyKeys implements Chore {

    /** As long as an attempt may go on sending. */
    static final Duration ATTEMPT = Duration.ofSeconds(60);

    /** How long GoTo may take until a meeting that was asked for shows, by all that is known of it. */
    private static final Duration SETTLING = Duration.ofSeconds(30);

    private static final String RESERVE = """
            insert into idempotency_key (attempt, connection_id, key_hash, body_hash, outcome_unknown, settled_at, expires_at)
            select $1, id, $4, $5, false, now() + interval '%d seconds', now() + interval '24 hours'
              from connection where tenant = $2 and user_id = $3
                on conflict (connection_id, key_hash) do update
               set attempt = excluded.attempt, body_hash = excluded.body_hash, outcome_unknown = false,
                   settled_at = excluded.settled_at, expires_at = excluded.expires_at,
                   meeting_id = null, join_url = null, dial_in = null
             where idempotency_key.expires_at < now()
            """.formatted(ATTEMPT.plus(SETTLING).toSeconds());

    private static final String FIND = """
            select attempt, body_hash = $4 as same_body, used.outcome_unknown, settled_at < now() as settled,
                   meeting_id, join_url, dial_in
              from connection left join idempotency_key as used on connection_id = id and key_hash = $3
             where tenant = $1 and user_id = $2
            """;

    private static final String TAKE_OVER = """
            update idempotency_key
               set attempt = $2, outcome_unknown = false, settled_at = now() + interval '%d seconds'
             where attempt = $1 and meeting_id is null
            """.formatted(ATTEMPT.plus(SETTLING).toSeconds());

    /** Any number of times with the same meeting. */
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

    /** A key expires so long after it was used first, whoever has taken it over since. */
    private static final String OTHERS = """
            with used as (
                select connection_id, tenant, user_id, expires_at - interval '24 hours' as reserved_at
                  from idempotency_key join connection on id = connection_id where attempt = $1)
            select meeting_id from idempotency_key join used using (connection_id)
             where meeting_id = any ($2) and attempt <> $1
             union
            select meeting_id from known_meeting join used using (tenant, user_id)
             where meeting_id = any ($2) and known_since < reserved_at
            """;

    private static final String UNIQUE_VIOLATION = "23505";

    private final Postgres postgres;

    IdempotencyKeys(Postgres postgres) {
        this.postgres = postgres;
    }

    /** Takes the key, or tells about the one who has it. Fails with {@link Failure.NotConnected} where there is nobody to have it. */
    Uni<Reservation> reserve(User user, IdempotencyKey key, String body) {
        var attempt = UUID.randomUUID();
        var keyHash = hash(key.value());
        var bodyHash = hash(body);
        return postgres.execute(RESERVE, Tuple.of(attempt, user.tenant(), user.id(), keyHash, bodyHash))
                .flatMap(inserted -> inserted.rowCount() == 1
                        ? Uni.createFrom().item(Reservation.ours(attempt))
                        : postgres.execute(FIND, Tuple.of(user.tenant(), user.id(), keyHash, bodyHash))
                                .map(IdempotencyKeys::reservation));
    }

    /** Uses a key that somebody has given up, unless somebody else does by now. */
    Uni<Reservation> takeOver(Reservation abandoned) {
        var attempt = UUID.randomUUID();
        return postgres.execute(TAKE_OVER, Tuple.of(abandoned.attempt(), attempt))
                .map(updated -> {
                    if (updated.rowCount() == 0) {
                        throw Failure.IdempotencyConflict.underWay();
                    }
                    return Reservation.ours(attempt);
                });
    }

    /**
     * Answers whether this is what became of the attempt: not, where somebody else has the key by now. Fails with
     * {@link Failure.IdempotencyConflict} where the meeting has just been taken for what became of another key.
     */
    Uni<Boolean> conclude(UUID attempt, Meeting created) {
        return postgres.execute(CONCLUDE, Tuple.of(attempt, created.id(), created.joinUrl(), created.dialIn()))
                .map(updated -> updated.rowCount() == 1)
                .onFailure(IdempotencyKeys::isUniqueViolation)
                .transform(taken -> Failure.IdempotencyConflict.underWay());
    }

    /** The attempt is over and its outcome unknown. */
    Uni<Void> leaveOpen(UUID attempt) {
        return postgres.execute(LEAVE_OPEN, Tuple.of(attempt)).replaceWithVoid();
    }

    /** The attempt is over and there is no meeting: the key is free. */
    Uni<Void> release(UUID attempt) {
        return postgres.execute(RELEASE, Tuple.of(attempt)).replaceWithVoid();
    }

    /**
     * Those of the meetings that did not come of this key: they came of other keys of the same connection, or were known here before
     * the key was used.
     */
    Uni<List<String>> others(Reservation reservation, List<String> meetingIds) {
        return postgres.execute(OTHERS, Tuple.of(reservation.attempt(), meetingIds.toArray(String[]::new)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> row.getString("meeting_id"))
                        .toList());
    }

    private static boolean isUniqueViolation(Throwable failure) {
        return failure instanceof PgException problem && UNIQUE_VIOLATION.equals(problem.getSqlState());
    }

    private static Buffer hash(String text) {
        return Buffer.buffer(Secret.of(text).sha256());
    }

    private static Reservation reservation(RowSet<Row> rows) {
        if (rows.size() == 0) {
            throw new Failure.NotConnected();
        }
        Row row = rows.iterator().next();
        if (row.getUUID("attempt") == null) {
            // Released since we asked for it: whoever had it is just done.
            throw Failure.IdempotencyConflict.underWay();
        }
        String meetingId = row.getString("meeting_id");
        return new Reservation(
                row.getUUID("attempt"),
                false,
                row.getBoolean("same_body"),
                row.getBoolean("outcome_unknown"),
                row.getBoolean("settled"),
                meetingId == null
                        ? null
                        : new WireCreated(meetingId, row.getString("join_url"), row.getString("dial_in")));
    }

    @Override
    public Uni<Boolean> run(BooleanSupplier mayGoOn) {
        return Expiry.delete(postgres, "idempotency_key", "attempt", mayGoOn);
    }
}
