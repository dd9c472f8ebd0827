package dev.meetgate.audit;

import dev.meetgate.database.Postgres;
import dev.meetgate.upkeep.Expiry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlResult;
import jakarta.inject.Singleton;
import java.util.function.BooleanSupplier;

/** Deletes old entries from the beginning of their tenant's chain, so that the rest can be verified. */
@Singleton
class OldEntries {

    private static final int BATCH = 200;

    private static final String OLD = "chained_at < now() - $%d::bigint * interval '1 second'";

    private static final String TENANTS = """
            select tenant from audit_chain cross join lateral (
                select chained_at from audit_entry
                 where audit_entry.tenant = audit_chain.tenant and position is not null order by position limit 1) as oldest
             where %s
            """.formatted(OLD.formatted(1));

    /**
     * Keeps what follows an entry that is not old: after a failover, the clock may have been behind. Waits
     * for a replica that deletes the same entries, because it may fail. The order makes PostgreSQL use the
     * index.
     */
    private static final String DELETE = """
            delete from audit_entry where tenant = $1 and position = any (array(
                select position from (
                    select position, bool_and(%s) over (order by position) as is_old from (
                        select position, chained_at from audit_entry
                         where tenant = $1 and position is not null order by position limit %d) as oldest) as beginning
                 where is_old))
            """.formatted(OLD.formatted(2), BATCH);

    private final Postgres postgres;
    private final long keptSeconds;

    OldEntries(Postgres postgres, AuditConfig config) {
        this.postgres = postgres;
        this.keptSeconds = config.auditKeep().toSeconds();
    }

    /** Returns whether none is left, except those that another replica is deleting. */
    Uni<Boolean> delete(BooleanSupplier mayGoOn) {
        return postgres.execute(TENANTS, keptSeconds).flatMap(tenants -> Multi.createFrom()
                .iterable(tenants)
                .onItem()
                .transformToUniAndConcatenate(tenant -> mayGoOn.getAsBoolean()
                        ? delete(tenant.getString(0), mayGoOn)
                        : Uni.createFrom().item(false))
                .collect()
                .asList()
                .map(done -> !done.contains(false)));
    }

    private Uni<Boolean> delete(String tenant, BooleanSupplier mayGoOn) {
        return Expiry.inBatches(
                BATCH, () -> postgres.execute(DELETE, tenant, keptSeconds).map(SqlResult::rowCount), mayGoOn);
    }
}
