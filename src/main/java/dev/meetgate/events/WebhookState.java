package dev.meetgate.events;

import dev.meetgate.database.Postgres;
import dev.meetgate.database.Rows;
import dev.meetgate.http.Cursor;
import dev.meetgate.http.Page;
import dev.meetgate.problem.Failure;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a tenant sees of its webhook: whether it is on, and its deliveries, which can be sent again. */
@Singleton
class WebhookState {

    private static final int BATCH = 500;

    /**
     * Switches a webhook on and makes its failed deliveries due. Where the webhook was off, deliveries that
     * wait for their next attempt become due too. An attempt under way keeps its lease. The statement locks
     * in the order of the other statements: deliveries by their position, then the webhook.
     */
    private static final String ENABLE = """
            with missed as (
                select event_seq from delivery
                 where tenant = $1 and (state = 'FAILED' or (
                        state = 'PENDING' and not waits and due_at > now() + interval '45 seconds'
                        and exists (select from webhook where tenant = $1 and disabled_at is not null)))
                 order by position for update),
            due as (
                update delivery set state = 'PENDING', waits = false, attempts = 0, due_at = clock_timestamp()
                 where event_seq = any (array(select event_seq from missed))
                returning event_seq)
            update webhook set disabled_at = null, paused_until = null
             where tenant = $1 and (select count(*) from due) >= 0
            """;

    /** Reads events, because their deliveries may have been deleted. */
    private static final String AGAIN = """
            with wanted as (
                select seq, tenant, user_id, position from event
                 where tenant = $1 and position > $3 and %%s order by position limit %d),
            again as (
                insert into delivery (event_seq, tenant, user_id, position)
                select seq, tenant, coalesce(user_id, ''), position from wanted order by position
                on conflict (event_seq) do update
                   set state = 'PENDING', waits = false, attempts = 0, due_at = clock_timestamp(), delivered_at = null,
                       last_attempt_at = null)
            select count(*)::int, max(position), coalesce(array_agg(seq), '{}') from wanted
            """.formatted(BATCH);

    private static final String AGAIN_SINCE = AGAIN.formatted("created_at >= $2");
    private static final String AGAIN_ONE = AGAIN.formatted("id = $2");

    private static final String LIST = """
            select event.id, event.type, delivery.user_id, delivery.state, attempts, due_at, last_attempt_at, last_status,
                   last_problem, delivered_at, delivery.position
              from delivery join event on event.seq = delivery.event_seq
             where delivery.tenant = $1 and delivery.position < $2 and ($3::text is null or state = $3)
             order by delivery.position desc limit $4
            """;

    private static final String DISABLED_AT = "select disabled_at from webhook where tenant = $1";

    private final Postgres postgres;
    private final Feed feed;
    private final Deliveries deliveries;
    private final Delivering delivering;

    WebhookState(Postgres postgres, Feed feed, Deliveries deliveries, Delivering delivering) {
        this.postgres = postgres;
        this.feed = feed;
        this.deliveries = deliveries;
        this.delivering = delivering;
    }

    /** Switches the webhook on. What it has missed is sent. */
    Uni<Void> enable(String tenant) {
        return postgres.execute(ENABLE, Tuple.of(tenant))
                .invoke(() -> delivering.wake(tenant))
                .replaceWithVoid();
    }

    /**
     * Sends all events since a time again, the oldest first, and switches the webhook on. Returns the number
     * of events.
     */
    Uni<Integer> sendAgain(String tenant, Instant since) {
        OffsetDateTime begin = since.atOffset(ZoneOffset.UTC);
        return again(AGAIN_SINCE, after -> Tuple.of(tenant, begin, after)).call(() -> enable(tenant));
    }

    /**
     * Sends one event again, and switches the webhook on. Fails with {@link Failure.UnknownToWebhook} if the
     * tenant has no such event.
     */
    Uni<Integer> sendAgain(String tenant, String id) {
        UUID event = event(id);
        return again(AGAIN_ONE, after -> Tuple.of(tenant, event, after))
                .invoke(WebhookState::mustBeOne)
                .call(() -> enable(tenant));
    }

    private static UUID event(String id) {
        if (!id.matches("evt_[0-9a-f]{32}")) {
            throw new Failure.InvalidRequest("id", "id must be the id of an event, such as evt_ and 32 hex digits.");
        }
        return UUID.fromString(id.substring(4).replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5"));
    }

    private static void mustBeOne(int events) {
        if (events == 0) {
            throw Failure.UnknownToWebhook.noEvent();
        }
    }

    private Uni<Integer> again(String statement, LongFunction<Tuple> valuesAfter) {
        return feed.place(() -> true).flatMap(placed -> againPlaced(statement, valuesAfter));
    }

    private Uni<Integer> againPlaced(String statement, LongFunction<Tuple> valuesAfter) {
        return Multi.createBy()
                .repeating()
                .uni(AtomicLong::new, last -> postgres.execute(statement, valuesAfter.apply(last.get()))
                        .map(rows -> rows.iterator().next())
                        // It saves later looks some reading, and nothing is lost without it.
                        .call(batch -> deliveries
                                .lineUp(batch.getArrayOfLongs(2))
                                .onFailure(Failure.class)
                                .recoverWithNull())
                        .invoke(batch -> last.set(Objects.requireNonNullElse(batch.getLong(1), last.get())))
                        .map(batch -> batch.getInteger(0)))
                .whilst(events -> events == BATCH)
                .collect()
                .with(Collectors.summingInt(Integer::intValue));
    }

    /** The newest first. The place of the last one is in the cursor. */
    Uni<Page<Delivery>> page(String tenant, Delivery.@Nullable State state, String cursor, int size) {
        long before = Cursor.number(cursor, Long.MAX_VALUE);
        return postgres.execute(LIST, Tuple.of(tenant, before, state == null ? null : state.name(), size + 1))
                .map(rows -> page(Rows.all(rows, row -> row), size));
    }

    private static Page<Delivery> page(List<Row> found, int size) {
        return new Page<>(
                found.stream().limit(size).map(Delivery::of).toList(),
                found.size() <= size
                        ? null
                        : Cursor.of(String.valueOf(found.get(size - 1).getLong("position"))));
    }

    Uni<@Nullable Instant> disabledAt(String tenant) {
        return postgres.execute(DISABLED_AT, Tuple.of(tenant))
                .map(rows -> Rows.only(rows, row -> Rows.instant(row.getOffsetDateTime(0))));
    }
}
