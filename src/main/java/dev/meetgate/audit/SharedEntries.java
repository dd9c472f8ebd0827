package dev.meetgate.audit;

import dev.meetgate.caller.Origin;
import dev.meetgate.caller.Tenants;
import dev.meetgate.database.Postgres;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.UUID;
import java.util.stream.Stream;

/** Writes the entries of what concerns all tenants: one for each tenant of the settings. */
@Singleton
public class SharedEntries {

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

    private final Postgres postgres;
    private final Tenants tenants;

    SharedEntries(Postgres postgres, Tenants tenants) {
        this.postgres = postgres;
        this.tenants = tenants;
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
        UUID[] ids = Stream.of(names).map(name -> Audit.newId()).toArray(UUID[]::new);
        return postgres.execute(
                        WRITE_FOR_ALL, ids, names, action.word(), target, Outcome.REFUSED.word(), code, origin.json())
                .replaceWithVoid();
    }

    private String[] names() {
        return tenants.names().toArray(String[]::new);
    }
}
