package dev.meetgate.audit;

import dev.meetgate.database.Postgres;
import dev.meetgate.database.Rows;
import dev.meetgate.secret.Sha256;
import dev.meetgate.upkeep.Chore;
import dev.meetgate.upkeep.Expiry;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlResult;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.annotation.Priority;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/**
 * Makes a chain of each tenant's entries: the hash of an entry is the SHA-256 of the previous hash and the
 * entry's body.
 *
 * <ol>
 *   <li>An entry whose outcome is known gets its body, from which on nothing of it changes. An entry whose
 *       outcome stays unknown gets it after ten minutes.
 *   <li>An entry with a body is appended. Its place is behind all that were appended before, also where its
 *       transaction was committed late: nothing is inserted.
 *   <li>The end of a chain is a row. A replica that has read an older end appends nothing and reads it again.
 * </ol>
 */
@Singleton
@Priority(Chore.QUICK)
class Chain implements Chore {

    private static final int BATCH = 200;

    /** How long a reader waits for entries that are not chained yet. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** The previous hash of a tenant's first entry. */
    private static final byte[] NOTHING = new byte[32];

    private static final String TENANTS =
            "select distinct tenant from audit_entry where hash is null and body is not null";

    private static final String BEGIN = """
            insert into audit_chain (tenant, position, hash) values ($1, 0, $2) on conflict (tenant) do nothing
            """;

    /** In one statement, so that entries and end are of the same moment. */
    private static final String NEXT = """
            select audit_chain.position, audit_chain.hash, waiting.id, waiting.body
              from audit_chain left join lateral (
                select id, body from audit_entry
                 where audit_entry.tenant = audit_chain.tenant and audit_entry.hash is null and body is not null
                 order by id limit %d) as waiting on true
             where audit_chain.tenant = $1 order by waiting.id
            """.formatted(BATCH);

    private static final String APPEND = """
            with moved as (
                update audit_chain set position = position + cardinality($4::uuid[]), hash = ($6::bytea[])[cardinality($4::uuid[])]
                 where tenant = $1 and position = $2 and hash = $3
                returning tenant),
            appended as (
                select * from unnest($4::uuid[], $5::bytea[], $6::bytea[]) with ordinality as entry (id, previous, hash, place))
            update audit_entry
               set position = $2 + appended.place, previous = appended.previous, hash = appended.hash, chained_at = now()
              from moved, appended where audit_entry.id = appended.id and audit_entry.hash is null
            """;

    private static final String NOT_LOGGED_TODAY = """
            select tenant, position, hash, current_date from audit_chain
             where position > 0 and logged_on is distinct from current_date
            """;

    private static final String LOGGED = """
            update audit_chain set logged_on = $2 where tenant = any ($1) and logged_on is distinct from $2
            """;

    private final Postgres postgres;
    private final Bodies bodies;
    private final UnusedIdentities identities;
    private final OldEntries oldEntries;

    Chain(Postgres postgres, Bodies bodies, UnusedIdentities identities, OldEntries oldEntries) {
        this.postgres = postgres;
        this.bodies = bodies;
        this.identities = identities;
        this.oldEntries = oldEntries;
    }

    @Override
    public Uni<Boolean> run(BooleanSupplier mayGoOn) {
        return bodies.settle(null, mayGoOn)
                .flatMap(settled -> postgres.execute(TENANTS))
                .flatMap(tenants -> Multi.createFrom()
                        .iterable(tenants)
                        .select()
                        .first(tenant -> mayGoOn.getAsBoolean())
                        .onItem()
                        .transformToUniAndConcatenate(tenant -> append(tenant.getString(0), mayGoOn))
                        .collect()
                        .asList())
                .call(() -> endDay(mayGoOn))
                .flatMap(done -> oldEntries.delete(mayGoOn).map(deleted -> deleted && !done.contains(false)));
    }

    /** Appends the entries of this tenant that are complete. */
    Uni<Boolean> upToNow(String tenant) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        BooleanSupplier soon = () -> System.nanoTime() - end < 0;
        return bodies.settle(tenant, soon).flatMap(settled -> append(tenant, soon));
    }

    private Uni<Boolean> append(String tenant, BooleanSupplier mayGoOn) {
        return Expiry.inBatches(BATCH, () -> appendBatch(tenant), mayGoOn);
    }

    private Uni<Integer> appendBatch(String tenant) {
        return postgres.execute(NEXT, tenant).flatMap(rows -> {
            if (rows.size() == 0) {
                return postgres.execute(BEGIN, tenant, Buffer.buffer(NOTHING)).flatMap(begun -> appendBatch(tenant));
            }
            return append(tenant, rows);
        });
    }

    private Uni<Integer> append(String tenant, RowSet<Row> rows) {
        Row first = rows.iterator().next();
        List<Row> entries = Rows.all(rows, row -> row).stream()
                .filter(row -> row.getUUID(2) != null)
                .toList();
        if (entries.isEmpty()) {
            return Uni.createFrom().item(0);
        }
        Buffer end = first.getDelegate().getBuffer(1);
        var previous = new Buffer[entries.size()];
        var hashes = new Buffer[entries.size()];
        Buffer last = end;
        for (int i = 0; i < hashes.length; i++) {
            previous[i] = last;
            last = Buffer.buffer(hash(last.getBytes(), entries.get(i).getString(3)));
            hashes[i] = last;
        }
        var values = Tuple.of(
                tenant,
                first.getLong(0),
                end,
                entries.stream().map(row -> row.getUUID(2)).toArray(UUID[]::new),
                previous,
                hashes);
        // Where somebody else was quicker, nothing is appended, and the next look finds what is left.
        return postgres.execute(APPEND, values).map(appended -> appended.rowCount() == 0 ? BATCH : entries.size());
    }

    private static byte[] hash(byte[] previous, String body) {
        return Sha256.of(HexFormat.of().formatHex(previous) + body);
    }

    /** Forgets identities once a day, because it is slow and not urgent. */
    private Uni<Void> endDay(BooleanSupplier mayGoOn) {
        return logNewest()
                .flatMap(logged -> logged == 0 && !identities.isUnderWay()
                        ? Uni.createFrom().voidItem()
                        : identities.forget(mayGoOn));
    }

    /** Logs first: a kill in between repeats the line, and loses none. Two replicas may log it, too. */
    private Uni<Integer> logNewest() {
        return postgres.execute(NOT_LOGGED_TODAY).flatMap(chains -> {
            List<Row> rows = Rows.all(chains, row -> row);
            if (rows.isEmpty()) {
                return Uni.createFrom().item(0);
            }
            rows.forEach(chain -> Log.infof(
                    "The newest audit entry of the tenant %s is number %d, with the hash %s",
                    chain.getString(0),
                    chain.getLong(1),
                    HexFormat.of().formatHex(chain.getBuffer(2).getBytes())));
            String[] tenants = rows.stream().map(chain -> chain.getString(0)).toArray(String[]::new);
            return postgres.execute(LOGGED, Tuple.of(tenants, rows.get(0).getLocalDate(3)))
                    .map(SqlResult::rowCount);
        });
    }
}
