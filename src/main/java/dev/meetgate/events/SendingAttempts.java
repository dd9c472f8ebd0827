package dev.meetgate.events;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.meetgate.database.Postgres;
import dev.meetgate.database.Rows;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The attempts to send what is due, and what came of them. An attempt is claimed by moving the time at which
 * the next one may begin, so that the attempt of a replica that died is repeated. Of a user, only the first
 * pending event is due.
 */
@Singleton
class SendingAttempts {

    /** An accepted event comes again if this cannot be stored before the lease ends. */
    private static final Duration PATIENCE_WITH_DELIVERED = Duration.ofSeconds(40);

    /** One look into an index, the only one with this order. No statistics lead to another plan. */
    private static final String FIRST_OF_USER = """
            select first.position from delivery as first
             where first.state = 'PENDING' and (first.tenant, first.user_id) >= (due.tenant, due.user_id)
             order by first.tenant, first.user_id, first.position limit 1
            """;

    /**
     * Deliveries that wait for an earlier one are not read. The position is compared all the same: a delivery
     * that does not wait may still not be its user's first.
     */
    private static final String CLAIM = """
            with claimed as (
                update delivery
                   set attempts = attempts + 1, last_attempt_at = clock_timestamp(), due_at = clock_timestamp() + interval '%d seconds'
                 where event_seq = any (array(
                    select event_seq from delivery as due
                     where tenant = $1 and state = 'PENDING' and not waits and due_at <= now()
                       and position = (%s)
                       and not exists (select from delivery where tenant = $1 and state = 'FAILED')
                       and exists (
                        select from webhook
                         where tenant = $1 and disabled_at is null and coalesce(paused_until, due_at) <= clock_timestamp())
                     order by due_at, position limit $2 for update skip locked))
                returning event_seq, attempts, last_attempt_at)
            select event_seq, attempts, last_attempt_at, event.id, event.user_id, event.type, event.data::text, event.created_at
              from claimed join event on event.seq = claimed.event_seq
            """.formatted(SendingAttempt.LEASE.toSeconds(), FIRST_OF_USER);

    private static final String OF_ATTEMPT = " where event_seq = $1 and last_attempt_at = $2 and state = 'PENDING'";

    private static final String DELIVERED = """
            update delivery
               set state = 'DELIVERED', waits = false, delivered_at = clock_timestamp(), last_status = $3, last_problem = null
            """ + OF_ATTEMPT;

    private static final String POSTPONED = """
            with postponed as (
                update delivery
                   set due_at = clock_timestamp() + $5 * interval '1 millisecond', last_status = $3, last_problem = $4
                %s returning tenant)
            update webhook
               set paused_until = greatest(paused_until, clock_timestamp() + $6 * interval '1 millisecond')
              from postponed where webhook.tenant = postponed.tenant and $6 > 0
            """.formatted(OF_ATTEMPT);

    /**
     * Nothing more is sent until the tenant wants it. Of a replica with an older URL, it changes nothing: the
     * event is sent again when its lease ends.
     */
    private static final String FAILED = """
            with failed as (
                update delivery set state = 'FAILED', waits = false, last_status = $3, last_problem = $4 %s
                   and exists (select from webhook where webhook.tenant = delivery.tenant and url_sha256 is not distinct from $6)
                returning tenant),
            disabled as (
                update webhook set disabled_at = clock_timestamp()
                  from failed where webhook.tenant = failed.tenant and disabled_at is null
                returning webhook.tenant, null::text as user_id)
            %s
            """.formatted(
                    OF_ATTEMPT, Outbox.write(EventType.WEBHOOK_DISABLED.sql(), "problem", "$5::text", "disabled"));

    private static final String NEXT = """
            select extract(epoch from greatest(first_due.due_at, paused_until) - clock_timestamp())::float8
              from webhook, lateral (
                select due_at from delivery as due
                 where due.tenant = webhook.tenant and state = 'PENDING' and not waits and position = (%s)
                 order by due_at limit 1) as first_due
             where webhook.tenant = $1 and disabled_at is null
            """.formatted(FIRST_OF_USER);

    private final Postgres postgres;
    private final ObjectMapper mapper;

    SendingAttempts(Postgres postgres, ObjectMapper mapper) {
        this.postgres = postgres;
        this.mapper = mapper;
    }

    Uni<List<SendingAttempt>> claim(String tenant, int most) {
        return Uni.createFrom().deferred(() -> {
            long begin = System.nanoTime();
            return postgres.execute(CLAIM, Tuple.of(tenant, most))
                    .map(rows -> Rows.all(rows, row -> attempt(row, begin)));
        });
    }

    private SendingAttempt attempt(Row row, long claimedAt) {
        return new SendingAttempt(
                row.getLong("event_seq"),
                row.getInteger("attempts"),
                row.getOffsetDateTime("last_attempt_at"),
                Event.of(row, mapper),
                claimedAt);
    }

    Uni<Void> delivered(SendingAttempt attempt, Reply reply) {
        var values = Tuple.of(attempt.event(), attempt.begun(), reply.status());
        return Postgres.persistently(postgres.execute(DELIVERED, values), PATIENCE_WITH_DELIVERED)
                .replaceWithVoid();
    }

    /** @param pause how long the receiver wants nothing at all */
    Uni<Void> postponed(SendingAttempt attempt, Reply reply, Duration delay, Duration pause) {
        return store(
                POSTPONED,
                Tuple.of(
                        attempt.event(),
                        attempt.begun(),
                        reply.status(),
                        reply.problem(),
                        (double) delay.toMillis(),
                        (double) pause.toMillis()));
    }

    Uni<Void> failed(SendingAttempt attempt, Webhook webhook, Reply reply, String reason) {
        return store(
                FAILED,
                Tuple.of(
                        attempt.event(),
                        attempt.begun(),
                        reply.status(),
                        reply.problem(),
                        reason,
                        webhook.urlSha256()));
    }

    private Uni<Void> store(String statement, Tuple values) {
        return Postgres.persistently(postgres.execute(statement, values)).replaceWithVoid();
    }

    /** How long nothing is due, or null if nothing is pending. */
    Uni<@Nullable Duration> untilNext(String tenant) {
        return postgres.execute(NEXT, Tuple.of(tenant))
                .map(rows -> Rows.only(rows, row -> Duration.ofMillis(Math.max(0, (long) (row.getDouble(0) * 1000)))));
    }
}
