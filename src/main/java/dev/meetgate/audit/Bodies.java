package dev.meetgate.audit;

import dev.meetgate.database.Postgres;
import dev.meetgate.upkeep.Expiry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlResult;
import jakarta.inject.Singleton;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Gives entries their body, the canonical JSON. From then on nothing of them changes. */
@Singleton
class Bodies {

    private static final int BATCH = 200;

    /** Longer than any call that waits for GoTo. */
    private static final String LONGEST_CALL = "interval '10 minutes'";

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

    private final Postgres postgres;

    Bodies(Postgres postgres) {
        this.postgres = postgres;
    }

    /** Settles the entries of the tenant, or of all tenants, whose outcome will not change any more. */
    Uni<Boolean> settle(@Nullable String tenant, BooleanSupplier mayGoOn) {
        return Expiry.inBatches(BATCH, () -> postgres.execute(SETTLE, tenant).map(SqlResult::rowCount), mayGoOn);
    }
}
