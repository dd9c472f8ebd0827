package dev.meetgate.console;

import dev.meetgate.caller.Tenants;
import dev.meetgate.caller.User;
import dev.meetgate.connect.TenantErased;
import dev.meetgate.console.UnstoredFailures.Sum;
import dev.meetgate.database.Postgres;
import dev.meetgate.database.Rows;
import dev.meetgate.reactive.Detached;
import dev.meetgate.upkeep.Chore;
import dev.meetgate.upkeep.Expiry;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.SqlResult;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a small record of the calls that failed. Failures of one kind are summed up in memory, and stored a
 * moment after the answers. There is a bound for each tenant at once, and one in the table for each user and
 * each tenant. Failures beyond a bound are left out.
 */
@Singleton
@Priority(Chore.QUICK)
class FailedCalls implements Chore {

    /** Failures with the same kind are one row. */
    record Kind(User user, String operation, String code) {}

    /** The last call of a kind. */
    record Last(
            String requestId,
            @Nullable String detail,
            @Nullable String atGoTo,
            @Nullable String field) {}

    /**
     * A kind of failure that a tenant had within the last hour.
     *
     * @param users how many had it, of the newest failures
     * @param isMore whether there are more failures than those
     */
    record Recent(String tenant, Explained cause, String code, long users, boolean isMore) {}

    private static final int PAUSE_MILLIS = 250;
    private static final int MOST_OF_A_USER = 30;
    private static final int MOST_OF_A_TENANT = 5000;
    private static final int KEPT_OF_A_TENANT = 4000;
    private static final int MOST_SHOWN = 2000;
    private static final int BATCH = 200;

    private static final String STORE = """
            insert into failed_call (tenant, user_id, operation, code, number, first_at, last_at, request_id, detail, at_goto, field)
            select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::timestamptz[], $7::timestamptz[],
                                 $8::text[], $9::text[], $10::text[], $11::text[])
                       as noted (tenant, user_id, operation, code, number, first_at, last_at, request_id, detail, at_goto, field)
             where %1$d > (select count(*) from failed_call as known
                          where known.tenant = noted.tenant and known.user_id = noted.user_id
                            and (known.operation, known.code) <> (noted.operation, noted.code))
               and (noted.tenant <> all (array (
                        select tenant from (select distinct unnest($1::text[]) as tenant) as tenants
                         where %2$d <= (select count(*) from (
                            select from failed_call where failed_call.tenant = tenants.tenant limit %2$d) as known)))
                    or exists (select from failed_call as known
                                where (known.tenant, known.user_id, known.operation, known.code)
                                    = (noted.tenant, noted.user_id, noted.operation, noted.code)))
             order by tenant, user_id, operation, code
            on conflict (tenant, user_id, operation, code) do update
               set number = failed_call.number + excluded.number, last_at = greatest(failed_call.last_at, excluded.last_at),
                   request_id = excluded.request_id, detail = excluded.detail, at_goto = excluded.at_goto, field = excluded.field
            """.formatted(MOST_OF_A_USER, MOST_OF_A_TENANT);

    private static final String OF_USER = """
            select operation, code, number, first_at, last_at, request_id, detail, at_goto, field from failed_call
             where tenant = $1 and user_id = $2 order by last_at desc limit %d
            """.formatted(MOST_OF_A_USER);

    private static final String RECENT = """
            select tenant, code, detail, count(distinct user_id) as users, sum(count(*)) over () >= %2$d as is_more from (
                select * from failed_call where %1$s last_at > now() - interval '1 hour' order by last_at desc limit %2$d) as newest
             group by tenant, code, detail order by users desc, tenant, code limit 20
            """;

    private static final String RECENT_OF_ALL = RECENT.formatted("", MOST_SHOWN);
    private static final String RECENT_OF_TENANT = RECENT.formatted("tenant = $1 and", MOST_SHOWN);

    private static final String DELETE = """
            with old as (
                select tenant, user_id, operation, code from failed_call
                 where last_at < now() - interval '7 days' order by last_at limit %d for update skip locked)
            delete from failed_call using old
             where (failed_call.tenant, failed_call.user_id, failed_call.operation, failed_call.code)
                 = (old.tenant, old.user_id, old.operation, old.code)
            """.formatted(BATCH);

    private static final String DELETE_OF_TENANT = "delete from failed_call where tenant = $1";

    /** Deletes the oldest failures of each tenant, which makes room for new ones. */
    private static final String TRIM = """
            delete from failed_call using unnest($1::text[]) as of_settings (tenant)
             where failed_call.tenant = of_settings.tenant
               and last_at < (select last_at from failed_call as newer where newer.tenant = of_settings.tenant
                               order by last_at desc offset %d limit 1)
            """.formatted(KEPT_OF_A_TENANT);

    private final Tenants tenants;
    private final Postgres postgres;
    private final Detached detached;
    private final Vertx vertx;
    private final UnstoredFailures unstored = new UnstoredFailures();

    FailedCalls(Tenants tenants, Postgres postgres, Detached detached, Vertx vertx) {
        this.tenants = tenants;
        this.postgres = postgres;
        this.detached = detached;
        this.vertx = vertx;
    }

    /** Stores nothing yet, so that the call is not slowed down. */
    void note(Kind kind, Last last) {
        if (unstored.add(kind, last)) {
            vertx.setTimer(PAUSE_MILLIS, due -> store());
        }
    }

    private void store() {
        List<Map.Entry<Kind, Sum>> rows = unstored.take();
        var values = Tuple.tuple()
                .addArrayOfString(texts(rows, row -> row.getKey().user().tenant()))
                .addArrayOfString(texts(rows, row -> row.getKey().user().id()))
                .addArrayOfString(texts(rows, row -> row.getKey().operation()))
                .addArrayOfString(texts(rows, row -> row.getKey().code()))
                .addArrayOfLong(
                        rows.stream().map(row -> row.getValue().number()).toArray(Long[]::new))
                .addArrayOfOffsetDateTime(times(rows, row -> row.getValue().firstAt()))
                .addArrayOfOffsetDateTime(times(rows, row -> row.getValue().lastAt()))
                .addArrayOfString(texts(rows, row -> row.getValue().last().requestId()))
                .addArrayOfString(texts(rows, row -> row.getValue().last().detail()))
                .addArrayOfString(texts(rows, row -> row.getValue().last().atGoTo()))
                .addArrayOfString(texts(rows, row -> row.getValue().last().field()));
        detached.of(() -> postgres.execute(STORE, values))
                .subscribe()
                .with(
                        stored -> {},
                        failure -> Log.debugf("The console has no record of failed calls: %s", failure.getMessage()));
    }

    private static String[] texts(
            List<Map.Entry<Kind, Sum>> rows, Function<Map.Entry<Kind, Sum>, @Nullable String> text) {
        return rows.stream().map(text).toArray(String[]::new);
    }

    private static OffsetDateTime[] times(
            List<Map.Entry<Kind, Sum>> rows, Function<Map.Entry<Kind, Sum>, Instant> time) {
        return rows.stream()
                .map(row -> time.apply(row).atOffset(ZoneOffset.UTC))
                .toArray(OffsetDateTime[]::new);
    }

    /** The newest first. */
    Uni<List<FailedCall>> of(User user, ConsoleTexts texts) {
        return postgres.execute(OF_USER, user.tenant(), user.id())
                .map(rows -> Rows.all(rows, row -> FailedCall.of(row, texts)));
    }

    /** Which kinds of failures the last hour had, of one tenant or of all. */
    Uni<List<Recent>> recent(@Nullable String tenant, ConsoleTexts texts) {
        return (tenant == null ? postgres.execute(RECENT_OF_ALL) : postgres.execute(RECENT_OF_TENANT, tenant))
                .map(rows -> Rows.all(
                        rows,
                        row -> new Recent(
                                row.getString("tenant"),
                                Explained.of(Cause.of(row.getString("code"), row.getString("detail")), texts),
                                row.getString("code"),
                                row.getLong("users"),
                                row.getBoolean("is_more"))));
    }

    /** On the main thread of the command, which does nothing else. */
    void erase(@Observes TenantErased erased) {
        postgres.execute(DELETE_OF_TENANT, erased.tenant()).await().indefinitely();
    }

    @Override
    public Uni<Boolean> run(BooleanSupplier mayGoOn) {
        String[] names = tenants.names().toArray(String[]::new);
        return postgres.execute(TRIM, (Object) names)
                .chain(() ->
                        Expiry.inBatches(BATCH, () -> postgres.execute(DELETE).map(SqlResult::rowCount), mayGoOn));
    }
}
