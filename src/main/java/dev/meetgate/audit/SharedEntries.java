package dev.meetgate.audit;

import dev.meetgate.caller.Origin;
import dev.meetgate.caller.RefusedCredentials.Owner;
import dev.meetgate.caller.Tenants;
import dev.meetgate.database.Postgres;
import dev.meetgate.problem.ProblemType;
import dev.meetgate.problem.RequestId;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * Writes the entries of what concerns all tenants, one for each tenant of the settings, and those of refused
 * credentials.
 */
@Singleton
public class SharedEntries {

    /** May be repeated after a lost answer. */
    private static final String REFUSE = """
            insert into audit_entry (id, tenant, action, target, outcome, code, origin)
            select id, tenant, $5, number, $6, $7, origin::json
              from unnest($1::uuid[], $2::text[], $3::text[], $4::text[]) as refused (id, tenant, number, origin)
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

    private record Refused(UUID id, String tenant, String number, String origin) {}

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

    /**
     * Writes how many credentials of each owner were refused, for each tenant of the settings where nobody
     * knows the owner. Writes it once however often the result is subscribed to.
     */
    Uni<Void> refused(Map<Owner, Integer> credentials) {
        var entries = new ArrayList<Refused>();
        credentials.forEach((owner, number) -> {
            // The log has the address, which may be another tenant's.
            String origin = new Origin(owner.actor(), RequestId.random(), null, null).json();
            for (String tenant : owner.tenant() == null ? names() : new String[] {owner.tenant()}) {
                entries.add(new Refused(Audit.newId(), tenant, String.valueOf(number), origin));
            }
        });
        return postgres.execute(
                        REFUSE,
                        entries.stream().map(Refused::id).toArray(UUID[]::new),
                        texts(entries, Refused::tenant),
                        texts(entries, Refused::number),
                        texts(entries, Refused::origin),
                        Action.CREDENTIAL_REFUSE.word(),
                        Outcome.REFUSED.word(),
                        ProblemType.UNAUTHENTICATED.code())
                .replaceWithVoid();
    }

    private static String[] texts(List<Refused> entries, Function<Refused, String> text) {
        return entries.stream().map(text).toArray(String[]::new);
    }

    private String[] names() {
        return tenants.names().toArray(String[]::new);
    }
}
