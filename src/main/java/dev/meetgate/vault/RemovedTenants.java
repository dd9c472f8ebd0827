package dev.meetgate.vault;

import dev.meetgate.caller.Origin;
import dev.meetgate.caller.Tenants;
import dev.meetgate.caller.User;
import dev.meetgate.database.Postgres;
import dev.meetgate.database.Rows;
import dev.meetgate.upkeep.Expiry;
import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlResult;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Connections of tenants that have no settings any more. Nobody can call for them, and they are not
 * refreshed.
 */
@Singleton
public class RemovedTenants {

    private static final int BATCH = 100;

    /** One index lookup for each tenant. */
    private static final String NAMES = """
            with recursive stored as (
                (select tenant from connection order by tenant limit 1)
                union all
                select (select tenant from connection where tenant > stored.tenant order by tenant limit 1)
                  from stored where stored.tenant is not null)
            select tenant from stored where tenant <> all ($1)
            """;

    private static final String USERS = """
            (select user_id from connection where tenant = $1 limit %1$d)
            union (select distinct user_id from pending_consent where tenant = $1 limit %1$d) limit %1$d
            """.formatted(BATCH);

    private final Postgres postgres;
    private final Tenants tenants;
    private final PendingConsents pending;
    private final Revocations revocations;

    RemovedTenants(Postgres postgres, Tenants tenants, PendingConsents pending, Revocations revocations) {
        this.postgres = postgres;
        this.tenants = tenants;
        this.pending = pending;
        this.revocations = revocations;
    }

    /** After the schema check. The start does not wait for it. */
    void report(@Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) StartupEvent start) {
        names().subscribe()
                .with(
                        names -> names.forEach(name -> Log.warnf(
                                "The tenant %s has connections but no settings. They are not refreshed. Set it up"
                                        + " again, or erase them with the command erase-tenant %s.",
                                name, name)),
                        failure -> Log.warnf("The tenants of connections cannot be read: %s", failure.getMessage()));
    }

    private Uni<List<String>> names() {
        return postgres.execute(NAMES, (Object) tenants.names().toArray(String[]::new))
                .map(rows -> Rows.all(rows, row -> row.getString(0)));
    }

    /** The name of a tenant without settings. Fails with an {@link IllegalArgumentException} for others. */
    public String checked(String tenant) {
        if (tenants.named(tenant) != null) {
            throw new IllegalArgumentException(
                    "The tenant %s has settings. Remove its settings from all replicas first.".formatted(tenant));
        }
        return tenant;
    }

    /**
     * Erases the tenant's connections and the consents that wait, and revokes them, as a disconnect does.
     * Returns how many users had some.
     */
    public Uni<Integer> erase(String tenant) {
        var erased = new AtomicInteger();
        return Expiry.inBatches(BATCH, () -> batch(tenant, erased), () -> true).map(all -> erased.get());
    }

    private Uni<Integer> batch(String tenant, AtomicInteger erased) {
        return postgres.execute(USERS, tenant)
                .call(users -> Multi.createFrom()
                        .iterable(users)
                        .onItem()
                        .transformToUniAndConcatenate(row -> erase(new User(tenant, row.getString(0))))
                        .collect()
                        .last())
                .map(SqlResult::size)
                .invoke(erased::addAndGet);
    }

    private Uni<Void> erase(User user) {
        return pending.drop(user, null, null)
                .flatMap(dropped -> revocations.erase(user, Origin.operator("erase-tenant")))
                .replaceWithVoid();
    }
}
