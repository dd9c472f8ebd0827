package dev.meetgate.events;

import dev.meetgate.caller.User;
import dev.meetgate.database.Postgres;
import dev.meetgate.database.Rows;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the newest events of a user and what became of them, for operators. */
@Singleton
public class UserEvents {

    /**
     * What an event says, and how it was told.
     *
     * @param problem why a walk failed
     * @param state the state of its delivery; null if there is none
     */
    public record Told(
            String id,
            String type,
            Instant time,
            @Nullable String problem,
            @Nullable String state,
            @Nullable Integer attempts,
            @Nullable String lastProblem,
            @Nullable Integer lastStatus,
            @Nullable Instant deliveredAt) {

        private static Told of(Row row) {
            return new Told(
                    Event.id(row.getUUID("id")),
                    row.getString("type"),
                    row.getOffsetDateTime("created_at").toInstant(),
                    row.getString("problem"),
                    row.getString("state"),
                    row.getInteger("attempts"),
                    row.getString("last_problem"),
                    row.getInteger("last_status"),
                    Rows.instant(row.getOffsetDateTime("delivered_at")));
        }
    }

    /** Events of the last moments may have no place in the feed yet. */
    private static final String NEWEST = """
            select newest.id, type, newest.created_at, newest.data ->> 'problem' as problem,
                   state, attempts, last_problem, last_status, delivered_at
              from ((select * from event
                      where tenant = $1 and user_id = $2 and position is not null order by position desc limit $3)
                    union all
                    (select * from (select * from event where position is null order by seq limit 2000) as fresh
                      where tenant = $1 and user_id = $2)) as newest
              left join delivery on delivery.event_seq = newest.seq
             order by newest.created_at desc, newest.seq desc limit $3
            """;

    private final Postgres postgres;

    UserEvents(Postgres postgres) {
        this.postgres = postgres;
    }

    public Uni<List<Told>> newest(User user, int limit) {
        return postgres.execute(NEWEST, user.tenant(), user.id(), limit).map(rows -> Rows.all(rows, Told::of));
    }
}
