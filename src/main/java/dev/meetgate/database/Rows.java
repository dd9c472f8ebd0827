package dev.meetgate.database;

import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The rows of statements that find one row or none. */
public final class Rows {

    private Rows() {}

    /** What the only row contains, or null if there is no row. */
    public static <T> @Nullable T only(RowSet<Row> rows, Function<Row, @Nullable T> content) {
        return rows.size() == 0 ? null : content.apply(rows.iterator().next());
    }
}
