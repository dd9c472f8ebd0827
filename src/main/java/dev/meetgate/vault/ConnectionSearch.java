package dev.meetgate.vault;

import dev.meetgate.database.Postgres;
import dev.meetgate.http.Cursor;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Searches connections for operators. Each statement reads an index from a place on, tenant by tenant, and a
 * bounded number of rows. A page may have fewer connections than asked for, although another page follows.
 */
@Singleton
public class ConnectionSearch {

    /**
     * What is looked for. Texts are how a value begins.
     *
     * @param tenant all tenants if absent
     */
    public record Query(
            @Nullable String tenant,
            @Nullable String user,
            @Nullable String email,
            Connection.@Nullable Status status) {}

    /** A connection that was found. */
    public record Found(
            String tenant,
            String user,
            Connection.Status status,
            Connection.@Nullable Reason reason,
            @Nullable String email,
            Instant connectedAt,
            Instant refreshedAt) {

        private static Found of(Row row) {
            String reason = row.getString("reason");
            return new Found(
                    row.getString("tenant"),
                    row.getString("user_id"),
                    Connection.Status.valueOf(row.getString("status")),
                    reason == null ? null : Connection.Reason.valueOf(reason),
                    row.getString("email"),
                    row.getOffsetDateTime("connected_at").toInstant(),
                    row.getOffsetDateTime("refreshed_at").toInstant());
        }
    }

    /** A page of what was found. */
    public record Result(List<Found> items, @Nullable String nextCursor) {}

    /** The last row that was looked at. The key is the lower-case e-mail address where that is the order. */
    private record Position(String tenant, String key, String user) {

        private static final Position START = new Position("", "", "");

        static Position of(String cursor) {
            if (cursor.isEmpty()) {
                return START;
            }
            try {
                var parts = new JsonArray(Cursor.position(cursor));
                return new Position(part(parts, 0), part(parts, 1), part(parts, 2));
            } catch (DecodeException | IndexOutOfBoundsException | ClassCastException | NullPointerException foreign) {
                throw Cursor.unknown();
            }
        }

        /** PostgreSQL has no text with the character 0. */
        private static String part(JsonArray parts, int index) {
            String part = parts.getString(index);
            if (part.indexOf('\0') >= 0) {
                throw Cursor.unknown();
            }
            return part;
        }

        static String cursor(String tenant, String key, String user) {
            return Cursor.of(JsonArray.of(tenant, key, user).encode());
        }
    }

    /** How many rows a page reads at most to find those of a status or an e-mail address. */
    private static final int MOST_READ = 1000;

    /** Greater than every text that begins with what comes before, byte by byte. */
    private static final String AFTER_ALL = Character.toString(Character.MAX_CODE_POINT);

    /** The tenants, with one look into an index for each, and the first rows of each. */
    private static final String FIND = """
            with recursive stored as (
                (select tenant from connection order by tenant limit 1)
                union all
                select (select tenant from connection where tenant > stored.tenant order by tenant limit 1)
                  from stored where stored.tenant is not null),
            wanted as (
                select tenant from stored where $1::text is null and tenant is not null
                union all
                select $1 where $1 is not null)
            select found.* from wanted, lateral (
                select tenant, user_id, status, reason, email, connected_at, refreshed_at, lower(email) as key
                  from connection where connection.tenant = wanted.tenant and %s limit $2) as found
             where wanted.tenant >= $3 order by found.tenant, %s limit $2
            """;

    /** The place in a tenant. Other tenants than that of the cursor begin at their first row. */
    private static final String LATER = "case when wanted.tenant = $3 then %s else '' end";

    private static final String ALL =
            FIND.formatted("user_id > " + LATER.formatted("$4::text") + " order by user_id", "found.user_id");

    private static final String OF_STATUS = FIND.formatted(
            "status = $5 and user_id > " + LATER.formatted("$4::text") + " order by user_id", "found.user_id");

    private static final String BY_USER = FIND.formatted(
            "user_id ~>=~ $5 and user_id ~<~ $6 and user_id ~>~ " + LATER.formatted("$4::text")
                    + " order by user_id using ~<~",
            "found.user_id using ~<~");

    private static final String BY_EMAIL = FIND.formatted(
            "lower(email) ~>=~ $6 and lower(email) ~<~ $7 and lower(email) ~>=~ %1$s and (lower(email) ~>~ %1$s or user_id > %2$s) order by lower(email) using ~<~, user_id"
                    .formatted(LATER.formatted("$5::text"), LATER.formatted("$4::text")),
            "found.key using ~<~, found.user_id");

    private final Postgres postgres;

    ConnectionSearch(Postgres postgres) {
        this.postgres = postgres;
    }

    /** Fails with {@link dev.meetgate.problem.Failure.InvalidRequest} for a cursor of another list. */
    public Uni<Result> find(Query query, String cursor, int size) {
        Position after = Position.of(cursor);
        boolean isByText = query.user() != null || query.email() != null;
        boolean hasMore = query.status() != null || (query.user() != null && query.email() != null);
        int most = isByText && hasMore ? MOST_READ : size + 1;
        return postgres.execute(statement(query), values(query, after, most))
                .map(rows -> result(rows, query, size, most));
    }

    private static String statement(Query query) {
        if (query.user() != null) {
            return BY_USER;
        }
        return query.email() != null ? BY_EMAIL : query.status() != null ? OF_STATUS : ALL;
    }

    private static Tuple values(Query query, Position after, int most) {
        var values = Tuple.of(query.tenant(), most, after.tenant(), after.user());
        if (query.user() != null) {
            return values.addString(query.user()).addString(query.user() + AFTER_ALL);
        }
        if (query.email() != null) {
            String email = query.email().toLowerCase(Locale.ROOT);
            return values.addString(after.key()).addString(email).addString(email + AFTER_ALL);
        }
        return query.status() == null ? values : values.addString(query.status().name());
    }

    private static Result result(RowSet<Row> rows, Query query, int size, int most) {
        var items = new ArrayList<Found>();
        Row last = null;
        for (Row row : rows) {
            if (items.size() == size) {
                return new Result(items, cursor(last));
            }
            last = row;
            if (matches(row, query)) {
                items.add(Found.of(row));
            }
        }
        return new Result(items, rows.size() < most ? null : cursor(last));
    }

    private static boolean matches(Row row, Query query) {
        boolean hasStatus = query.status() == null || query.status().name().equals(row.getString("status"));
        String email = row.getString("key");
        boolean hasEmail = query.email() == null
                || (email != null && email.startsWith(query.email().toLowerCase(Locale.ROOT)));
        return hasStatus && hasEmail;
    }

    private static @Nullable String cursor(@Nullable Row last) {
        if (last == null) {
            return null;
        }
        String key = last.getString("key");
        return Position.cursor(last.getString("tenant"), key == null ? "" : key, last.getString("user_id"));
    }
}
