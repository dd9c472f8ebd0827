package dev.meetgate.events;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.meetgate.database.Postgres;
import dev.meetgate.database.Rows;
import dev.meetgate.upkeep.Chore;
import dev.meetgate.upkeep.Expiry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.annotation.Priority;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The events of all tenants in one order, in which every reader sees them.
 *
 * <p>An event gets its place after its commit. Places are assigned by one statement at a time, which holds a
 * row until its own commit, so that nobody sees a place before all earlier ones. For events of one
 * connection, the earlier event was committed before the later one got its {@code seq}. A reader that sees
 * the later one gives both a place, in the order of {@code seq}.
 */
@Singleton
@Priority(Chore.QUICK)
class Feed implements Chore {

    private static final int BATCH = 500;

    /**
     * Places go up with the time, so that those of a database that was restored, or has lost its last moments
     * in a failover, come after all that readers have seen.
     */
    private static final String PLACE = """
            with turn as (
                update event_feed
                   set reached = greatest(reached, (extract(epoch from clock_timestamp()) * 1000000)::bigint) + %1$d
                 where id = 1 and exists (select from event where position is null)
                returning reached - %1$d as base),
            waiting as (
                select seq, row_number() over (order by seq) as place
                  from (select seq from event where position is null order by seq limit %1$d) as oldest),
            placed as (
                update event set position = turn.base + waiting.place
                  from turn, waiting where event.seq = waiting.seq and event.position is null)
            select count(*)::int from waiting
            """.formatted(BATCH);

    /**
     * The end of the tenant's feed comes with the events, so that a reader goes on behind what it did not
     * want.
     */
    private static final String READ = """
            select %s, reached from (select coalesce(max(position), 0) as reached from event where tenant = $1) as feed
              left join lateral (
                select * from event
                 where tenant = $1 and position > $2 and position <= reached
                   and ($3::text[] is null or type = any ($3)) and ($4::text is null or user_id = $4)
                 order by position limit $5) as found on true
             order by position
            """.formatted(Event.COLUMNS);

    /** What a reader has wanted, and where it goes on. */
    record Page(List<Event> events, long next) {}

    record Wanted(
            String tenant,
            @Nullable List<String> types,
            @Nullable String user,
            int limit) {}

    private final Postgres postgres;
    private final ObjectMapper mapper;
    private final EventsConfig config;

    Feed(Postgres postgres, ObjectMapper mapper, EventsConfig config) {
        this.postgres = postgres;
        this.mapper = mapper;
        this.config = config;
    }

    /** Gives each committed event a place. Returns false if it had to stop before all had one. */
    Uni<Boolean> place(BooleanSupplier mayGoOn) {
        return Expiry.inBatches(
                BATCH,
                () -> postgres.execute(PLACE).map(rows -> rows.iterator().next().getInteger(0)),
                mayGoOn);
    }

    Uni<Page> after(long position, Wanted wanted) {
        String[] types = wanted.types == null ? null : wanted.types.toArray(String[]::new);
        var values = Tuple.of(wanted.tenant, position, types, wanted.user, wanted.limit);
        return Postgres.reading(place(() -> true).flatMap(placed -> postgres.execute(READ, values)))
                .map(rows -> {
                    long end = rows.iterator().next().getLong("reached");
                    List<Row> found = Rows.all(rows, row -> row).stream()
                            .filter(row -> row.getLong("position") != null)
                            .toList();
                    boolean isFull = found.size() == wanted.limit;
                    long last = isFull ? found.get(found.size() - 1).getLong("position") : end;
                    List<Event> events =
                            found.stream().map(row -> Event.of(row, mapper)).toList();
                    return new Page(events, Math.max(position, last));
                });
    }

    @Override
    public Uni<Boolean> run(BooleanSupplier mayGoOn) {
        // What a webhook has not accepted stays for as long as it is sent again.
        String old = """
                created_at < now() - interval '%d seconds' and (created_at < now() - interval '5 days' or not exists (
                    select from delivery where event_seq = event.seq and state <> 'DELIVERED'))
                 order by created_at""".formatted(config.eventsKeep().toSeconds());
        return place(mayGoOn).flatMap(placed -> Expiry.delete(postgres, "event", "seq", old, mayGoOn)
                .map(deleted -> placed && deleted));
    }
}
