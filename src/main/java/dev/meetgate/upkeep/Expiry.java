package dev.meetgate.upkeep;

import dev.meetgate.database.Postgres;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlResult;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Deletes expired rows in batches. Other chores use its loop too. */
public final class Expiry {

    private static final int BATCH = 200;

    private Expiry() {}

    /**
     * Deletes rows after their {@code expires_at}. Returns whether none is left, except those that another
     * replica is deleting.
     */
    public static Uni<Boolean> delete(Postgres postgres, String table, String key, BooleanSupplier mayGoOn) {
        return delete(postgres, table, key, "expires_at < now() order by expires_at", mayGoOn);
    }

    /** Deletes rows by another condition. The order and the array make PostgreSQL use the index. */
    public static Uni<Boolean> delete(
            Postgres postgres, String table, String key, String expired, BooleanSupplier mayGoOn) {
        String deletion = """
                delete from %1$s where %2$s = any (array(
                    select %2$s from %1$s where %3$s limit %4$d for update skip locked))
                """.formatted(table, key, expired, BATCH);
        return inBatches(BATCH, () -> postgres.execute(deletion).map(SqlResult::rowCount), mayGoOn);
    }

    /** Deletes all rows of a tenant. Returns how many there were. */
    public static Uni<Integer> deleteOf(String tenant, Postgres postgres, String table, String key) {
        String deletion = """
                delete from %1$s where %2$s = any (array(select %2$s from %1$s where tenant = $1 limit %3$d))
                """.formatted(table, key, BATCH);
        var deleted = new AtomicInteger();
        return inBatches(
                        BATCH,
                        () -> postgres.execute(deletion, tenant)
                                .map(SqlResult::rowCount)
                                .invoke(deleted::addAndGet),
                        () -> true)
                .map(all -> deleted.get());
    }

    /** Erases a value of the rows that are past their {@code expires_at}. */
    public static Uni<Boolean> erase(
            Postgres postgres, String table, String key, String value, BooleanSupplier mayGoOn) {
        String erasure = """
                update %1$s set %3$s = null where %2$s = any (array(
                    select %2$s from %1$s where %3$s is not null and expires_at < now()
                     order by expires_at limit %4$d for update skip locked))
                """.formatted(table, key, value, BATCH);
        return inBatches(BATCH, () -> postgres.execute(erasure).map(SqlResult::rowCount), mayGoOn);
    }

    /**
     * Repeats a batch, which returns its number of rows, while it is full. Returns whether nothing is left.
     */
    public static Uni<Boolean> inBatches(int full, Supplier<Uni<Integer>> batch, BooleanSupplier mayGoOn) {
        return Uni.createFrom()
                .deferred(batch::get)
                .repeat()
                .whilst(rows -> rows == full && mayGoOn.getAsBoolean())
                .collect()
                .last()
                .map(rows -> rows < full);
    }
}
