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
import java.util.Collection;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes the entries of calls to GoTo: before a call that changes something is sent, and again when its
 * outcome is known. Entries of what changes our own tables are written with it, by {@link Entries}.
 */
@Singleton
public class Audit {

    private static final String WRITE = """
            insert into audit_entry (id, tenant, user_id, action, target, outcome, code, origin)
            values ($1, $2, $3, $4, $5, $6, $7, $8::text::json)
            """;

    /** An entry that has its body is in the chain, or will be. */
    private static final String COMPLETE = """
            update audit_entry set outcome = $2, code = $3, target = coalesce($4, target)
             where id = $1 and outcome = 'unknown' and body is null
            """;

    /** May be repeated after a lost answer. */
    private static final String WRITE_FOR_ALL = """
            insert into audit_entry (id, tenant, action, target, outcome, code, origin)
            select id, tenant, $3, $4, $5, $6, $7::text::json
              from unnest($1::uuid[], $2::text[]) as of_settings (id, tenant)
            on conflict (id) do nothing
            """;

    /** The row of the tenant's chain tells what was loaded last. Only one replica changes it. */
    private static final String LOAD = """
            with loaded as (
                insert into audit_chain (tenant, position, hash, settings)
                select tenant, 0, decode(repeat('00', 32), 'hex'), $2 from unnest($1::text[]) as of_settings (tenant)
                 order by tenant
                on conflict (tenant) do update set settings = excluded.settings
                 where audit_chain.settings is distinct from excluded.settings
                returning tenant)
            insert into audit_entry (tenant, action, target, outcome, origin)
            select tenant, $3, $2, $4, $5::text::json from loaded
            """;

    /**
     * The row of the tenant's chain has the keys that were in use. Those that are neither in use nor the
     * first key now are old.
     */
    private static final String ROTATE = """
            with before as (
                select tenant, keys_in_use as keys from audit_chain
                 where tenant = any ($1) and (keys_in_use @> $2 and keys_in_use <@ ($2 || $3)) is not true
                 order by tenant for update),
            noted as (
                update audit_chain
                   set keys_in_use = array(select distinct unnest(keys || $2) intersect select unnest($2 || $3))
                  from before where audit_chain.tenant = before.tenant)
            insert into audit_entry (tenant, action, target, outcome, origin)
            select tenant, $4, (select string_agg(key, ',' order by key) from unnest(keys) as key where key <> all ($2 || $3)),
                   $5, $6::text::json
              from before where not keys <@ ($2 || $3)
            """.replace("$2", "$2::text[]").replace("$3", "$3::text");

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
        return begin(newId(), tenant, user, action, target);
    }

    /** As the other methods, with an id of {@link #newId}, which finds the entry again. */
    public Uni<Entry> begin(User user, Action action, @Nullable String target, UUID id) {
        return begin(id, user.tenant(), user.id(), action, target);
    }

    private Uni<Entry> begin(UUID id, String tenant, @Nullable String user, Action action, @Nullable String target) {
        Uni<Entry> written = write(id, tenant, user, action, target, Outcome.UNKNOWN, null)
                .onFailure(failure -> !(failure instanceof Failure))
                .transform(failure -> new Failure.Unavailable("MeetGate cannot write its audit.", failure))
                .replaceWith(() -> begun(id));
        Uni<Entry> begun = detached.of(() -> written);
        return Postgres.guarded(begun)
                .emitOn(CallersContext.of(vertx))
                .onFailure()
                .invoke(() -> withoutCall(begun, id))
                .onCancellation()
                .invoke(() -> withoutCall(begun, id));
    }

    /** The entry that was begun with this id, which may be in the chain already. */
    public Entry begun(UUID id) {
        return new Entry(id);
    }

    /**
     * A UUID of version 7 (RFC 9562), which sorts by time. The database makes those of entries that are not
     * known before.
     */
    public static UUID newId() {
        UUID random = UUID.randomUUID();
        long ofTime = (System.currentTimeMillis() << 16) | 0x7000 | (random.getMostSignificantBits() & 0xFFF);
        return new UUID(ofTime, random.getLeastSignificantBits());
    }

    /** Nobody may be waiting for this. The entry would say otherwise that its call may have been executed. */
    private void withoutCall(Uni<Entry> begun, UUID id) {
        begun.onFailure(Postgres::isAnswerLost)
                .recoverWithItem(() -> begun(id))
                .flatMap(entry -> entry.end(Outcome.FAILED, null))
                .subscribe()
                .with(ended -> {}, unwritten -> {});
    }

    Uni<Void> write(
            UUID id,
            String tenant,
            @Nullable String user,
            Action action,
            @Nullable String target,
            Outcome outcome,
            @Nullable String code) {
        String origin = Origin.current().json();
        return postgres.execute(WRITE, id, tenant, user, action.word(), target, outcome.word(), code, origin)
                .replaceWithVoid();
    }

    /**
     * Writes an entry for each tenant of the settings, unless it has one of the keys' rotation already.
     *
     * @param used the ids of the keys that something needs
     * @param first the id of the key that seals what is new
     */
    public Uni<Void> rotated(Collection<String> used, String first) {
        return postgres.execute(
                        ROTATE,
                        names(),
                        used.toArray(String[]::new),
                        first,
                        Action.KEYS_ROTATE.word(),
                        Outcome.SUCCESS.word(),
                        Origin.meetgate().json())
                .replaceWithVoid();
    }

    /** Writes an entry for each tenant of the settings whose last digest is another one. */
    Uni<Void> loaded(String digest) {
        return postgres.execute(
                        LOAD,
                        names(),
                        digest,
                        Action.SETTINGS_LOAD.word(),
                        Outcome.SUCCESS.word(),
                        Origin.meetgate().json())
                .replaceWithVoid();
    }

    /** Writes an entry for each tenant of the settings, once however often the result is subscribed to. */
    Uni<Void> refusedToAll(Action action, String target, String code, Origin origin) {
        String[] names = names();
        UUID[] ids = Stream.of(names).map(name -> newId()).toArray(UUID[]::new);
        return postgres.execute(
                        WRITE_FOR_ALL, ids, names, action.word(), target, Outcome.REFUSED.word(), code, origin.json())
                .replaceWithVoid();
    }

    private String[] names() {
        return tenants.names().toArray(String[]::new);
    }
}
