package dev.meetgate.audit;

import dev.meetgate.caller.Origin;
import dev.meetgate.caller.User;
import dev.meetgate.database.DatabaseErrors;
import dev.meetgate.database.GroupCommit;
import dev.meetgate.database.Postgres;
import dev.meetgate.problem.Failure;
import dev.meetgate.problem.ProblemType;
import dev.meetgate.reactive.CallersContext;
import dev.meetgate.reactive.Detached;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Comparator;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes the entries of calls to GoTo: before a call that changes something is sent, and again when its
 * outcome is known. Entries of what changes our own tables are written with it, by {@link Entries}, and those
 * of what concerns all tenants by {@link SharedEntries}.
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

    /** {@link Bodies} and {@link AuditIdentityResource} lock entries in this order, too. */
    private static final Comparator<Tuple> BY_ID = Comparator.comparing(values -> values.getUUID(0));

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
            Uni<Void> once = complete(values)
                    .onFailure(Failure.Unavailable.class)
                    .invoke(() -> completeLater(values))
                    .memoize()
                    .indefinitely();
            return forCaller(once).onFailure(Failure.Unavailable.class).recoverWithItem(later -> null);
        }

        private Uni<Void> complete(Tuple values) {
            return ends.execute(values);
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

    private final GroupCommit entries;
    private final GroupCommit ends;
    private final Detached detached;
    private final Vertx vertx;

    Audit(Postgres postgres, Detached detached, Vertx vertx) {
        this.entries = postgres.groupCommit(WRITE, BY_ID);
        this.ends = postgres.groupCommit(COMPLETE, BY_ID);
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

    /** Writes such an entry that may concern no user. */
    public Uni<Entry> begin(String tenant, @Nullable String user, Action action, @Nullable String target) {
        return begin(newId(), tenant, user, action, target);
    }

    /** Writes such an entry with an id of {@link #newId}, which {@link #begun} finds again. */
    public Uni<Entry> begin(User user, Action action, @Nullable String target, UUID id) {
        return begin(id, user.tenant(), user.id(), action, target);
    }

    private Uni<Entry> begin(UUID id, String tenant, @Nullable String user, Action action, @Nullable String target) {
        Uni<Entry> begun = insert(id, tenant, user, action, target, Outcome.UNKNOWN, null)
                .onFailure(failure -> !(failure instanceof Failure))
                .transform(Failure.Unavailable::ofAudit)
                .replaceWith(() -> begun(id))
                .memoize()
                .indefinitely();
        return forCaller(begun)
                .onFailure()
                .invoke(() -> withoutCall(begun, id, ProblemType.UNAVAILABLE.code()))
                .onCancellation()
                .invoke(() -> withoutCall(begun, id, null));
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

    /**
     * Completes the entry as failed: its call is not sent. Otherwise it would say that the call may have been
     * executed.
     */
    private void withoutCall(Uni<Entry> begun, UUID id, @Nullable String code) {
        begun.onFailure(DatabaseErrors::isAnswerLost)
                .recoverWithItem(() -> begun(id))
                .flatMap(entry -> entry.end(Outcome.FAILED, code))
                .subscribe()
                .with(ended -> {}, unwritten -> {});
    }

    /** Writes the entry of a read, whose outcome is known. */
    Uni<Void> read(String tenant, @Nullable String user, String path, Outcome outcome, @Nullable String code) {
        return forCaller(insert(newId(), tenant, user, Action.READ, path, outcome, code));
    }

    private <T> Uni<T> forCaller(Uni<T> work) {
        return Postgres.guarded(work).emitOn(CallersContext.of(vertx));
    }

    private Uni<Void> insert(
            UUID id,
            String tenant,
            @Nullable String user,
            Action action,
            @Nullable String target,
            Outcome outcome,
            @Nullable String code) {
        String origin = Origin.current().json();
        return entries.execute(
                Tuple.from(new Object[] {id, tenant, user, action.word(), target, outcome.word(), code, origin}));
    }
}
