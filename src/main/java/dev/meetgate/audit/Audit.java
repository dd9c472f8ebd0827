package dev.meetgate.audit;

import dev.meetgate.caller.Origin;
import dev.meetgate.caller.Tenants;
import dev.meetgate.caller.User;
import dev.meetgate.database.Postgres;
import dev.meetgate.problem.Failure;
import dev.meetgate.reactive.CallersContext;
import dev.meetgate.reactive.Detached;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes the entries of calls to GoTo: before a call that changes something is sent, and again when its
 * outcome is known. Entries of what changes our own tables are written with it, by {@link Entries}.
 */
@Singleton
public class Audit {

    private static final String WRITE = """
            insert into audit_entry (tenant, user_id, action, target, outcome, code, origin)
            values ($1, $2, $3, $4, $5, $6, $7::text::json)
            returning id
            """;

    /** An entry that has its body is in the chain, or will be. */
    private static final String COMPLETE = """
            update audit_entry set outcome = $2, code = $3, target = coalesce($4, target)
             where id = $1 and outcome = 'unknown' and body is null
            """;

    private static final String WRITE_FOR_ALL = """
            insert into audit_entry (tenant, action, target, outcome, code, origin)
            select tenant, $2, $3, $4, $5, $6::text::json from unnest($1::text[]) as of_settings (tenant)
            """;

    private static final String WRITE_IF_NEW = WRITE_FOR_ALL + """
             where $3 is distinct from (
                select target from audit_entry
                 where audit_entry.tenant = of_settings.tenant and action = 'settings.load' order by id desc limit 1)
            """;

    /** A little less than the time after which an entry is chained with an unknown outcome. */
    private static final Duration PATIENCE = Duration.ofMinutes(9);

    /** An entry that was written before its call, and what is known of its end. */
    public final class Entry {

        private final UUID id;
        private volatile @Nullable String target;

        private Entry(UUID id) {
            this.id = id;
        }

        /** What the call has made, where that is known only afterwards. */
        public void concerns(String made) {
            target = made;
        }

        /**
         * Does not fail, and waits for one try only. Later tries go on for as long as the entry can be
         * completed. An entry that is never completed says that its outcome is unknown, which is true.
         */
        public Uni<Void> end(Outcome outcome, @Nullable String code) {
            var values = Tuple.of(id, outcome.word(), code, target);
            Uni<Void> once = detached.of(
                    () -> complete(values).onFailure(Failure.Unavailable.class).invoke(() -> completeLater(values)));
            return Postgres.guarded(once).onFailure(Failure.Unavailable.class).recoverWithItem(later -> null);
        }

        private Uni<Void> complete(Tuple values) {
            return postgres.execute(COMPLETE, values).replaceWithVoid();
        }

        private void completeLater(Tuple values) {
            Log.warnf("The audit entry %s could not be completed yet", id);
            // The next start would not know of it, but a stop does not wait for a database that is away.
            Uni<Void> again = Uni.createFrom()
                    .deferred(() -> detached.isStopping() ? Uni.createFrom().voidItem() : complete(values));
            detached.of(() -> Postgres.persistently(again, PATIENCE))
                    .subscribe()
                    .with(
                            completed -> {},
                            failure -> Log.warnf(
                                    "The audit entry %s could not be completed: %s", id, failure.getMessage()));
        }
    }

    private final Postgres postgres;
    private final Tenants tenants;
    private final Detached detached;
    private final Vertx vertx;

    Audit(Postgres postgres, Tenants tenants, Detached detached, Vertx vertx) {
        this.postgres = postgres;
        this.tenants = tenants;
        this.detached = detached;
        this.vertx = vertx;
    }

    /**
     * Writes an entry with an unknown outcome. Fails with {@link Failure.Unavailable}: then do not send the
     * call. An entry that is written after its caller has left says that nothing was executed.
     */
    public Uni<Entry> begin(User user, Action action, @Nullable String target) {
        return begin(user.tenant(), user.id(), action, target);
    }

    /** As the other method, where no user may be concerned. */
    public Uni<Entry> begin(String tenant, @Nullable String user, Action action, @Nullable String target) {
        Uni<Entry> written = write(tenant, user, action, target, Outcome.UNKNOWN, null)
                .onFailure(failure -> !(failure instanceof Failure))
                .transform(failure -> new Failure.Unavailable("MeetGate cannot write its audit.", failure))
                .map(Entry::new);
        Uni<Entry> begun = detached.of(() -> written);
        return Postgres.guarded(begun)
                .emitOn(CallersContext.of(vertx))
                .onFailure()
                .invoke(() -> withoutCall(begun))
                .onCancellation()
                .invoke(() -> withoutCall(begun));
    }

    /** Nobody may be waiting for this. The entry would say otherwise that its call may have been executed. */
    private static void withoutCall(Uni<Entry> begun) {
        begun.flatMap(entry -> entry.end(Outcome.FAILED, null)).subscribe().with(ended -> {}, unwritten -> {});
    }

    Uni<UUID> write(
            String tenant,
            @Nullable String user,
            Action action,
            @Nullable String target,
            Outcome outcome,
            @Nullable String code) {
        String origin = Origin.current().json();
        return postgres.execute(WRITE, tenant, user, action.word(), target, outcome.word(), code, origin)
                .map(rows -> rows.iterator().next().getUUID(0));
    }

    /** Writes an entry for each tenant of the settings, of what MeetGate has done for all of them. */
    public Uni<Void> ofAll(Action action, String target) {
        return ofAll(WRITE_FOR_ALL, action, target, Outcome.SUCCESS, null, Origin.meetgate());
    }

    Uni<Void> ofAllIfNew(Action action, String target) {
        return ofAll(WRITE_IF_NEW, action, target, Outcome.SUCCESS, null, Origin.meetgate());
    }

    Uni<Void> refusedToAll(Action action, String target, String code, Origin origin) {
        return ofAll(WRITE_FOR_ALL, action, target, Outcome.REFUSED, code, origin);
    }

    private Uni<Void> ofAll(
            String statement, Action action, String target, Outcome outcome, @Nullable String code, Origin origin) {
        String[] names = tenants.names().toArray(String[]::new);
        return postgres.execute(statement, names, action.word(), target, outcome.word(), code, origin.json())
                .replaceWithVoid();
    }
}
