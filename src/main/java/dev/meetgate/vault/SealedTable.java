package dev.meetgate.vault;

import dev.meetgate.database.Postgres;
import dev.meetgate.database.Rows;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** A table with sealed values. No key may be removed while a value needs it. */
public interface SealedTable {

    /** The ids of the keys that sealed its rows. */
    Uni<List<String>> sealingKeys();

    /** Reads the keys from the indexed column {@code sealed_with}, with one index lookup for each key. */
    static Uni<List<String>> keysIn(String table, Postgres postgres) {
        return postgres.execute("""
                with recursive used as (
                    (select sealed_with from %1$s order by sealed_with limit 1)
                    union all
                    select (select sealed_with from %1$s where sealed_with > used.sealed_with order by sealed_with limit 1)
                      from used where used.sealed_with is not null)
                select sealed_with from used where sealed_with is not null
                """.formatted(table)).map(rows -> Rows.all(rows, row -> row.getString(0)));
    }
}
