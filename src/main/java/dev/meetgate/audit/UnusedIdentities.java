package dev.meetgate.audit;

import dev.meetgate.database.Postgres;
import dev.meetgate.upkeep.Expiry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.function.BooleanSupplier;

/** Forgets whom no entry is about any more. */
@Singleton
class UnusedIdentities {

    private static final int BATCH = 200;

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

    /** The last identity that was looked at, if there are more. */
    private volatile byte[] looked = BEGINNING;

    UnusedIdentities(Postgres postgres) {
        this.postgres = postgres;
    }

    /** Whether some identities are still to be looked at. */
    boolean isUnderWay() {
        return looked.length > 0;
    }

    Uni<Void> forget(BooleanSupplier mayGoOn) {
        return Expiry.inBatches(BATCH, this::forgetBatch, mayGoOn).replaceWithVoid();
    }

    private Uni<Integer> forgetBatch() {
        return postgres.execute(FORGET, Tuple.of(Buffer.buffer(looked))).map(rows -> {
            Row row = rows.iterator().next();
            int number = row.getInteger(0);
            looked = number == BATCH ? row.getBuffer(1).getBytes() : BEGINNING;
            return number;
        });
    }
}
