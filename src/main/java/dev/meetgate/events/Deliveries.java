package dev.meetgate.events;

import dev.meetgate.database.Postgres;
import dev.meetgate.upkeep.Expiry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What is to be sent: one delivery for each event of a tenant with a webhook. */
@Singleton
class Deliveries {

    private static final int BATCH = 500;

    /** A webhook with another URL than before is switched on, and what is pending becomes due. */
    private static final String BEGIN = """
            with before as (
                select url_sha256 <> $3 as is_other from webhook where tenant = $1),
            begun as (
                insert into webhook (tenant, reached, url_sha256)
                values ($1, coalesce((select max(position) from event where tenant = $1 and created_at < $2), 0), $3)
                on conflict (tenant) do update
                   set url_sha256 = excluded.url_sha256,
                       disabled_at = case when webhook.url_sha256 is null then webhook.disabled_at end,
                       paused_until = case when webhook.url_sha256 is null then webhook.paused_until end
                 where webhook.url_sha256 is distinct from excluded.url_sha256)
            update delivery set attempts = 0, due_at = clock_timestamp()
              from before
             where is_other and tenant = $1 and state = 'PENDING' and not waits and due_at > now() + interval '45 seconds'
            """;

    /**
     * Replicas that run this at once insert each delivery once. A failure that was being stored while
     * somebody switched the webhook on becomes due.
     */
    private static final String ADD = """
            with due as (
                update delivery set state = 'PENDING', waits = false, attempts = 0, due_at = clock_timestamp()
                 where tenant = $1 and state = 'FAILED'
                   and exists (select from webhook where tenant = $1 and disabled_at is null)),
            fresh as (
                select event.seq, event.tenant, event.user_id, event.position
                  from webhook, lateral (
                    select * from event as later
                     where later.tenant = webhook.tenant and later.position > webhook.reached
                     order by later.position limit %d) as event
                 where webhook.tenant = $1),
            added as (
                insert into delivery (event_seq, tenant, user_id, position)
                select seq, tenant, coalesce(user_id, ''), position from fresh order by position
                on conflict (event_seq) do nothing)
            select count(*)::int, max(position), array_agg(seq) from fresh
            """.formatted(BATCH);

    /**
     * Makes deliveries wait that follow a pending delivery of their user. A trigger releases them when that
     * delivery ends. The earlier delivery is locked, so that it cannot end in between. Locked rows are
     * skipped: waiting for one could deadlock with a statement that waits for the webhook's row.
     */
    private static final String LINE_UP = """
            update delivery set waits = true
             where event_seq = any (array(
                select later.event_seq
                  from delivery as later
                 cross join lateral (
                    select event_seq, tenant, user_id from delivery
                     where state = 'PENDING' and (tenant, user_id, position) < (later.tenant, later.user_id, later.position)
                     order by tenant desc, user_id desc, position desc limit 1) as earlier
                 cross join lateral (
                    select from delivery where event_seq = earlier.event_seq and state = 'PENDING'
                       for update skip locked) as locked
                 where later.event_seq = any ($1) and later.state = 'PENDING' and not later.waits
                   and earlier.tenant = later.tenant and earlier.user_id = later.user_id
                   for update of later skip locked))
            """;

    private static final String REACH = """
            with waiting as (%s)
            update webhook set reached = greatest(reached, $3) where tenant = $2
            """.formatted(LINE_UP);

    private final Postgres postgres;
    private final Feed feed;
    private final Webhooks webhooks;
    private final OffsetDateTime start = OffsetDateTime.now(ZoneOffset.UTC);
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    Deliveries(Postgres postgres, Feed feed, Webhooks webhooks) {
        this.postgres = postgres;
        this.feed = feed;
        this.webhooks = webhooks;
    }

    /** Writes the deliveries of all events that were committed before. */
    Uni<Void> add(String tenant) {
        return begun(tenant)
                .flatMap(begun -> feed.place(() -> true))
                .flatMap(placed -> Expiry.inBatches(BATCH, () -> addBatch(tenant), () -> true))
                .replaceWithVoid();
    }

    /** A webhook that is new to the database gets the events from the start of this process on. */
    private Uni<Void> begun(String tenant) {
        if (known.contains(tenant)) {
            return Uni.createFrom().voidItem();
        }
        Webhook webhook = Objects.requireNonNull(webhooks.of(tenant));
        return postgres.execute(BEGIN, Tuple.of(tenant, start, webhook.urlSha256()))
                .invoke(() -> known.add(tenant))
                .replaceWithVoid();
    }

    private Uni<Integer> addBatch(String tenant) {
        return postgres.execute(ADD, Tuple.of(tenant)).flatMap(rows -> {
            Row row = rows.iterator().next();
            return row.getInteger(0) == 0
                    ? Uni.createFrom().item(0)
                    : postgres.execute(REACH, Tuple.of(row.getArrayOfLongs(2), tenant, row.getLong(1)))
                            .replaceWith(row.getInteger(0));
        });
    }

    /** Those of these events that come after another one of their user wait for it. */
    Uni<Void> lineUp(Long[] events) {
        return postgres.execute(LINE_UP, Tuple.of(events)).replaceWithVoid();
    }
}
