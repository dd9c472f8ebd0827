package dev.meetgate.events;

import dev.meetgate.database.Postgres;
import dev.meetgate.database.Rows;
import dev.meetgate.http.Page;
import dev.meetgate.problem.Failure;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What operators see of the webhooks of the settings. */
@Singleton
public class WebhookOverview {

    /** Counts stop here, so that they read a bounded part of an index. */
    public static final int MOST_COUNTED = 10_000;

    /**
     * A tenant's webhook.
     *
     * @param host of its URL, whose path and query may be secret
     * @param disabledAt since when nothing is sent
     * @param pausedUntil until when the receiver wants nothing
     * @param pending how many events wait, at most {@link #MOST_COUNTED}
     * @param oldestDueAt the earliest time at which an event is due that no earlier one of its user holds up
     * @param lastProblem of the last attempt that failed, among the newest 200 events that are not delivered
     */
    public record State(
            String tenant,
            String host,
            @Nullable Instant disabledAt,
            @Nullable Instant pausedUntil,
            long pending,
            @Nullable Instant oldestDueAt,
            @Nullable String lastProblem,
            @Nullable Integer lastStatus,
            @Nullable Instant lastFailedAt) {}

    private static final String STATE = """
            select disabled_at, case when paused_until > clock_timestamp() then paused_until end as paused_until,
                   (select count(*) from (
                        select from delivery where tenant = $1 and state = 'PENDING' limit %d) as waiting) as pending,
                   (select min(due_at) from delivery where tenant = $1 and state = 'PENDING' and not waits) as oldest_due_at,
                   failed.last_problem, failed.last_status, failed.last_attempt_at
              from (select $1::text as tenant) as wanted
              left join webhook on webhook.tenant = wanted.tenant
              left join lateral (
                select last_problem, last_status, last_attempt_at from (
                    select * from delivery where tenant = $1 order by position desc limit 200) as newest
                 where last_problem is not null order by last_attempt_at desc limit 1) as failed on true
            """.formatted(MOST_COUNTED);

    private final Webhooks webhooks;
    private final WebhookState webhookState;
    private final Postgres postgres;

    WebhookOverview(Webhooks webhooks, WebhookState webhookState, Postgres postgres) {
        this.webhooks = webhooks;
        this.webhookState = webhookState;
        this.postgres = postgres;
    }

    /** The webhooks of all tenants, or of one. */
    public Uni<List<State>> all(@Nullable String tenant) {
        return Multi.createFrom()
                .iterable(webhooks.all())
                .select()
                .where(webhook -> tenant == null || webhook.tenant().equals(tenant))
                .onItem()
                .transformToUniAndConcatenate(webhook -> postgres.execute(STATE, webhook.tenant())
                        .map(rows -> state(webhook, rows.iterator().next())))
                .collect()
                .asList();
    }

    /** The newest first. The place of the last one is in the cursor. */
    public Uni<Page<Delivery>> deliveries(String tenant, Delivery.@Nullable State state, String cursor, int size) {
        return webhookState.page(tenant, state, cursor, size);
    }

    /**
     * Sends an event again, and switches the webhook on. Fails with {@link Failure.UnknownToWebhook} if the
     * tenant has no webhook or no such event.
     */
    public Uni<Void> sendAgain(String tenant, String event) {
        if (webhooks.of(tenant) == null) {
            throw Failure.UnknownToWebhook.noWebhook();
        }
        return webhookState.sendAgain(tenant, event).replaceWithVoid();
    }

    private static State state(Webhook webhook, Row row) {
        return new State(
                webhook.tenant(),
                webhook.url().getHost(),
                Rows.instant(row.getOffsetDateTime("disabled_at")),
                Rows.instant(row.getOffsetDateTime("paused_until")),
                row.getLong("pending"),
                Rows.instant(row.getOffsetDateTime("oldest_due_at")),
                row.getString("last_problem"),
                row.getInteger("last_status"),
                Rows.instant(row.getOffsetDateTime("last_attempt_at")));
    }
}
