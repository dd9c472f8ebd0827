package dev.meetgate.database;

import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** What the rows of a statement contain. */
public final class Rows {

    private Rows() {}

    /** What the only row contains, or null if there is no row. */
    public static <T> @Nullable T only(RowSet<Row> rows, Function<Row, @Nullable T> content) {
        return rows.size() == 0 ? null : content.apply(rows.iterator().next());
    }

    /** What each row contains. */
    public static <T> List<T> all(RowSet<Row> rows, Function<Row, T> content) {
        return StreamSupport.stream(rows.spliterator(), false).map(content).toList();
    }

    public static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
