package dev.meetgate.meetings;

import dev.meetgate.caller.User;
import dev.meetgate.database.Postgres;
import dev.meetgate.upkeep.Chore;
import dev.meetgate.upkeep.Expiry;
import dev.meetgate.vault.HasKnownMeetings;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.annotation.Priority;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Stores what GoTo returns only once for a meeting: its join URL and its audio. Rows are deleted with the
 * meeting, with the connection, or some time after the meeting's end.
 *
 * <p>GoTo is the source of truth, so a failure to store is ignored.
 */
@Singleton
@Priority(Chore.QUICK)
class KnownMeetings implements Chore, HasKnownMeetings {

    private static final Duration AFTER_THE_END = Duration.ofDays(30);
    /** Counted from the last write, because recurring meetings have no end. */
    private static final Duration RECURRING = Duration.ofDays(2 * 365);

    private static final String REMEMBER = """
            insert into known_meeting (tenant, user_id, meeting_id, audio, join_url, expires_at)
            values ($1, $2, $3, $4, $5, $6)
            on conflict (tenant, user_id, meeting_id) do update
               set audio = excluded.audio, expires_at = excluded.expires_at,
                   join_url = coalesce(excluded.join_url, known_meeting.join_url)
            """;

    private static final String FIND = """
            select meeting_id, audio, join_url from known_meeting
             where tenant = $1 and user_id = $2 and meeting_id = any ($3)
            """;

    private static final String FORGET = """
            delete from known_meeting where tenant = $1 and user_id = $2 and meeting_id = $3
            """;

    private final Postgres postgres;

    KnownMeetings(Postgres postgres) {
        this.postgres = postgres;
    }

    Uni<Void> remember(User user, String meetingId, NewMeeting meeting, @Nullable String joinUrl, Instant now) {
        Instant expiresAt = meeting.type() == Meeting.Type.RECURRING
                ? now.plus(RECURRING)
                : meeting.endTime().plus(AFTER_THE_END);
        var values = Tuple.from(new Object[] {
            user.tenant(), user.id(), meetingId, meeting.audio().name(), joinUrl, expiresAt.atOffset(ZoneOffset.UTC)
        });
        return tried(postgres.execute(REMEMBER, values));
    }

    Uni<Void> forget(User user, String meetingId) {
        return tried(postgres.execute(FORGET, Tuple.of(user.tenant(), user.id(), meetingId)));
    }

    /** Adds the stored values to the meetings that were made here. */
    Uni<List<Meeting>> recall(User user, List<Meeting> meetings) {
        if (meetings.isEmpty()) {
            return Uni.createFrom().item(meetings);
        }
        String[] ids = meetings.stream().map(Meeting::id).toArray(String[]::new);
        return postgres.execute(FIND, Tuple.of(user.tenant(), user.id(), ids)).map(rows -> recalled(meetings, rows));
    }

    private static List<Meeting> recalled(List<Meeting> meetings, RowSet<Row> rows) {
        var known = new HashMap<String, Row>();
        rows.forEach(row -> known.put(row.getString("meeting_id"), row));
        return meetings.stream()
                .map(meeting -> recalled(meeting, known.get(meeting.id())))
                .toList();
    }

    private static Meeting recalled(Meeting meeting, @Nullable Row row) {
        return row == null
                ? meeting
                : meeting.remembering(Meeting.Audio.named(row.getString("audio")), row.getString("join_url"));
    }

    private static Uni<Void> tried(Uni<RowSet<Row>> statement) {
        return statement.replaceWithVoid().onFailure().recoverWithItem(failure -> {
            Log.warnf(
                    "The audio and join URL of a meeting could not be stored: %s",
                    failure.getClass().getSimpleName());
            return null;
        });
    }

    @Override
    public String condition(String tenant, String user) {
        return "exists (select from known_meeting known where known.tenant = %s and known.user_id = %s)"
                .formatted(tenant, user);
    }

    @Override
    public Uni<Boolean> run(BooleanSupplier mayGoOn) {
        return Expiry.delete(postgres, "known_meeting", "id", mayGoOn);
    }
}
