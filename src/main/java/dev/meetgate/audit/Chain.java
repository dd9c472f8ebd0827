package dev.meetgate.audit;

import dev.meetgate.database.Postgres;
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
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

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

    /** Longer than any call that waits for GoTo. */
    private static final String LONGEST_CALL = "interval '10 minutes'";

    /** The previous hash of a tenant's first entry. */
    private static final byte[] NOTHING = new byte[32];

    /** The name is hashed with a random salt, as the JSON that the export shows. Both can be forgotten. */
    private static final String SETTLE = """
            with settled as (
                select id, tenant, user_id from audit_entry
                 where hash is null and body is null and (outcome <> 'unknown' or at < now() - %s)
                   and ($1::text is null or tenant = $1)
                 order by tenant, id limit %d for update skip locked),
            named as (
                insert into audit_identity (tenant, user_id, salt, hash)
                select tenant, user_id, salt, sha256(convert_to(encode(salt, 'hex') || to_json(user_id)::text, 'UTF8'))
                  from (select tenant, user_id, uuid_send(gen_random_uuid()) as salt
                          from (select distinct tenant, user_id from settled where user_id is not null) as users
                         order by tenant, user_id) as salted
                on conflict (tenant, user_id) do update set seen_at = now()
                returning tenant, user_id, hash),
            hashed as (
                select settled.id, named.hash as user_hash
                  from settled left join named on named.tenant = settled.tenant and named.user_id = settled.user_id)
            update audit_entry
               set user_id = null, user_hash = coalesce(hashed.user_hash, audit_entry.user_hash),
                   body = json_strip_nulls(json_build_object(
                        'id', audit_entry.id,
                        'time', to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                        'tenant', tenant,
                        'actor', json_build_object('kind', origin ->> 'kind', 'name', origin ->> 'name'),
                        'action', action,
                        'userHash', encode(coalesce(hashed.user_hash, audit_entry.user_hash), 'hex'),
                        'target', target, 'outcome', outcome, 'code', code,
                        'requestId', origin ->> 'requestId', 'traceparent', origin ->> 'traceparent',
                        'address', origin ->> 'address'))::text
              from hashed where audit_entry.id = hashed.id and audit_entry.body is null
            returning tenant
            """.formatted(LONGEST_CALL, BATCH);

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

    private static final String NEWEST_OF_TODAY = """
            update audit_chain set logged_on = current_date
             where position > 0 and logged_on is distinct from current_date
            returning tenant, position, hash
            """;

    /**
     * Deletes those of the next identities that have no entry. An identity that was used within a day may
     * have an entry that is not visible yet, and stays.
     */
    private static final String FORGET = """
            with next as (
                select hash from audit_identity where hash > $1 order by hash limit %d),
            forgotten as (
                delete from audit_identity using next
                 where audit_identity.hash = next.hash and seen_at < now() - interval '1 day' and not exists (
                    select from audit_entry
                     where audit_entry.tenant = audit_identity.tenant and audit_entry.user_hash = audit_identity.hash))
            select count(*)::int, (array_agg(hash order by hash desc))[1] from next
            """.formatted(BATCH);

    private static final byte[] BEGINNING = {};

    private final Postgres postgres;
    private final AuditConfig config;

    /** The last identity that was looked at today, if there are more. */
    private volatile byte[] looked = BEGINNING;

    Chain(Postgres postgres, AuditConfig config) {
        this.postgres = postgres;
        this.config = config;
    }

    @Override
    public Uni<Boolean> run(BooleanSupplier mayGoOn) {
        String old = "chained_at < now() - interval '%d seconds' order by chained_at, position"
                .formatted(config.auditKeep().toSeconds());
        return Expiry.inBatches(BATCH, () -> settle(null), mayGoOn)
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
                .flatMap(done -> Expiry.delete(postgres, "audit_entry", "id", old, mayGoOn)
                        .map(deleted -> deleted && !done.contains(false)));
    }

    /** Appends the entries of this tenant that are complete. */
    Uni<Boolean> upToNow(String tenant) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        BooleanSupplier soon = () -> System.nanoTime() - end < 0;
        return Expiry.inBatches(BATCH, () -> settle(tenant), soon).flatMap(settled -> append(tenant, soon));
    }

    private Uni<Integer> settle(@Nullable String tenant) {
        return postgres.execute(SETTLE, tenant).map(SqlResult::rowCount);
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
        List<Row> entries = StreamSupport.stream(rows.spliterator(), false)
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

    /** Begins once a day, because it is slow and not urgent. */
    private Uni<Void> endDay(BooleanSupplier mayGoOn) {
        return postgres.execute(NEWEST_OF_TODAY)
                .invoke(chains -> chains.forEach(chain -> Log.infof(
                        "The newest audit entry of the tenant %s is number %d, with the hash %s",
                        chain.getString(0),
                        chain.getLong(1),
                        HexFormat.of().formatHex(chain.getBuffer(2).getBytes()))))
                .flatMap(chains -> chains.size() == 0 && looked.length == 0
                        ? Uni.createFrom().voidItem()
                        : Expiry.inBatches(BATCH, this::forget, mayGoOn).replaceWithVoid());
    }

    private Uni<Integer> forget() {
        return postgres.execute(FORGET, Tuple.of(Buffer.buffer(looked))).map(rows -> {
            Row row = rows.iterator().next();
            int number = row.getInteger(0);
            looked = number == BATCH ? row.getBuffer(1).getBytes() : BEGINNING;
            return number;
        });
    }
}
