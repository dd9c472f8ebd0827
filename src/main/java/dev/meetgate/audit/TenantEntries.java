package dev.meetgate.audit;

import dev.meetgate.database.Postgres;
import dev.meetgate.database.Rows;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.OffsetDateTime;
import java.util.List;
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

    private static final String READ = """
            select position, body, encode(previous, 'hex'), encode(audit_entry.hash, 'hex'),
                   encode(salt, 'hex'), to_json(known.user_id)::text
              from audit_entry left join audit_identity as known
                on known.tenant = audit_entry.tenant and known.hash = audit_entry.user_hash
             where audit_entry.tenant = $1 and position > $2
               and ($3::timestamptz is null or at >= $3) and ($4::timestamptz is null or at < $4)
               and ($5::text is null or user_hash = (select hash from audit_identity where tenant = $1 and user_id = $5))
             order by position limit $6
            """;

    private final Chain chain;
    private final Postgres postgres;

    TenantEntries(Chain chain, Postgres postgres) {
        this.chain = chain;
        this.postgres = postgres;
    }

    /** The oldest first. */
    Uni<List<Entry>> find(Wanted wanted) {
        var values = Tuple.of(wanted.tenant, wanted.after, wanted.since, wanted.until, wanted.user, wanted.most);
        return Postgres.reading(chain.upToNow(wanted.tenant).flatMap(chained -> postgres.execute(READ, values)))
                .map(rows -> Rows.all(rows, TenantEntries::entry));
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
