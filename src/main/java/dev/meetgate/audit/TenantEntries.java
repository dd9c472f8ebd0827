package dev.meetgate.audit;

import dev.meetgate.database.Postgres;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads the entries of a tenant as the text that was hashed, so that the tenant can verify them. */
@Singleton
class TenantEntries {

    record Entry(long position, String line) {}

    /**
     * What a reader asks for.
     *
     * @param after the position of the entry before the first one
     */
    record Wanted(
            String tenant,
            long after,
            @Nullable OffsetDateTime since,
            @Nullable OffsetDateTime until,
            @Nullable String user,
            int most) {}

    /**
     * The position of a tenant's first entry since a time, in statements with these two as $1 and $3. Positions
     * follow the times at which entries were chained. So it is among the entries that were made before the
     * earliest one was chained, or a little later: clocks may be set back.
     */
    static final String FIRST_SINCE = """
            select min(position) from (
                select position from audit_entry where tenant = $1 and at >= $3 and at < (
                    select chained_at + interval '15 minutes' from audit_entry
                     where tenant = $1 and at >= $3 and position is not null order by at limit 1)
                offset 0) as earliest
            """;

    /** Entries before a time that were chained late come after the last one that was made before it. */
    private static final String READ = """
            with range as materialized (
                select case when $3::timestamptz is null or $2::bigint > 0 then $2 + 1 else (%1$s) end as first,
                       case when $4::timestamptz is null then %2$d else (
                            select position from audit_entry
                             where tenant = $1 and at < $4 and position is not null order by at desc limit 1) end as last),
            in_order as materialized (
                select * from audit_entry
                 where tenant = $1 and position >= (select first from range) and position <= (select last from range)
                   and at >= coalesce($3, '-infinity') and at < coalesce($4, 'infinity') %3$s
                 order by position limit $5),
            late as materialized (
                select * from audit_entry
                 where $4 is not null and (select count(*) from in_order) < $5
                   and tenant = $1 and position > greatest($2, (select last from range))
                   and at >= coalesce($3, '-infinity') and at < $4 %3$s)
            select position, body, encode(previous, 'hex'), encode(entry.hash, 'hex'),
                   encode(salt, 'hex'), to_json(known.user_id)::text
              from (select * from (select * from in_order union all select * from late) as found
                     order by position limit $5) as entry
              left join audit_identity as known on known.tenant = entry.tenant and known.hash = entry.user_hash
             order by position
            """;

    private static final String OF_ALL = READ.formatted(FIRST_SINCE, Long.MAX_VALUE, "");

    private static final String OF_USER = READ.formatted(
            FIRST_SINCE,
            Long.MAX_VALUE,
            "and user_hash = (select hash from audit_identity where tenant = $1 and user_id = $6)");

    private final Chain chain;
    private final Postgres postgres;

    TenantEntries(Chain chain, Postgres postgres) {
        this.chain = chain;
        this.postgres = postgres;
    }

    /** The oldest first. */
    Uni<List<Entry>> find(Wanted wanted) {
        var values = Tuple.of(wanted.tenant, wanted.after, wanted.since, wanted.until, wanted.most);
        if (wanted.user != null) {
            values.addString(wanted.user);
        }
        return chain.upToNow(wanted.tenant)
                .flatMap(chained -> postgres.execute(wanted.user == null ? OF_ALL : OF_USER, values))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(TenantEntries::entry)
                        .toList());
    }

    private static Entry entry(Row row) {
        String body = row.getString(1);
        var line = new StringBuilder(body.substring(0, body.length() - 1))
                .append(",\"previousHash\":\"")
                .append(row.getString(2))
                .append("\",\"hash\":\"")
                .append(row.getString(3))
                .append('"');
        if (row.getString(4) != null) {
            line.append(",\"userSalt\":\"")
                    .append(row.getString(4))
                    .append("\",\"user\":")
                    .append(row.getString(5));
        }
        return new Entry(row.getLong(0), line.append('}').toString());
    }
}
