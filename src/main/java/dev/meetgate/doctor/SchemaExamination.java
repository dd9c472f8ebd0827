package dev.meetgate.doctor;

import dev.meetgate.database.InstalledSchema;
import dev.meetgate.database.SchemaCheck;
import dev.meetgate.secret.Sealer;
import dev.meetgate.secret.Secret;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** MeetGate's tables: their version, the role's rights, and whether the keys open what is sealed there. */
final class SchemaExamination {

    private static final String CHECK = "schema";
    private static final String KEYS = "sealing keys";

    /** Counting all rows of a large deployment takes long, and the exact number does not matter. */
    private static final int MOST_COUNTED = 10_000;

    private final Deployment deployment;

    SchemaExamination(Deployment deployment) {
        this.deployment = deployment;
    }

    /** The connection is in a transaction that only reads. */
    void examine(SqlConnection connection, Findings findings) throws Trouble {
        // A wrong name must not get into SQL.
        String name = Objects.requireNonNullElse(deployment.right("MEETGATE_SCHEMA"), InstalledSchema.DEFAULT_NAME);
        InstalledSchema schema = Trouble.unless(InstalledSchema.read(connection, name));
        boolean migrates = !"false".equals(deployment.value("MEETGATE_MIGRATE"));
        if (schema.lacking() != null) {
            findings.wrong(
                    CHECK, "The role lacks a right on %s. %s.".formatted(schema.lacking(), InstalledSchema.GRANTS));
            return;
        }
        version(schema, migrates, findings);
        if (schema.version() > 0) {
            keys(schema, connection, findings);
        }
    }

    private static void version(InstalledSchema schema, boolean migrates, Findings findings) {
        String version = schema.version() == 0
                ? "The schema %s has no tables yet.".formatted(schema.name())
                : "The schema %s has version %d.".formatted(schema.name(), schema.version());
        if (schema.version() >= SchemaCheck.NEWEST) {
            findings.ok(CHECK, version);
        } else if (!migrates) {
            findings.wrong(
                    CHECK,
                    version
                            + " This program needs version %d. Start one replica with MEETGATE_MIGRATE=true first."
                                    .formatted(SchemaCheck.NEWEST));
        } else if (schema.mayMigrate()) {
            findings.ok(CHECK, version + " The start brings it to version %d.".formatted(SchemaCheck.NEWEST));
        } else {
            findings.wrong(
                    CHECK,
                    version
                            + " The role may not migrate it. Let an administrator run: create schema %s authorization <the role>. Or start once with a role that may."
                                    .formatted(schema.name()));
        }
    }

    private void keys(InstalledSchema schema, SqlConnection connection, Findings findings) throws Trouble {
        String setting = deployment.right("MEETGATE_KEYS");
        if (setting == null) {
            findings.skipped(KEYS, "Not examined: MEETGATE_KEYS is missing or wrong.");
            return;
        }
        var sealer = Sealer.of(Secret.of(setting));
        Trouble.unless(
                connection.query("set local search_path = " + schema.quoted()).execute());
        List<String> foreign = Trouble.unless(deployment.foreignKeys(connection, sealer));
        foreign.forEach(id -> findings.wrong(
                KEYS,
                "The key %s of MEETGATE_KEYS is not the one that sealed this database's values. Restore the original. Give a new key a new id."
                        .formatted(id)));
        Map<String, Long> rows = rows(schema, connection);
        rows.forEach((id, count) -> {
            if (!sealer.hasKey(id)) {
                findings.wrong(
                        KEYS,
                        "%s sealed with key %s, which MEETGATE_KEYS lacks. Add it again, or their users must reconnect."
                                .formatted(count == 1 ? "1 row is" : number(count) + " rows are", id));
            }
        });
        if (foreign.isEmpty()) {
            var opened = new ArrayList<String>();
            rows.forEach((id, count) -> {
                if (sealer.hasKey(id)) {
                    opened.add("%s opens %s row%s".formatted(id, number(count), count == 1 ? "" : "s"));
                }
            });
            findings.ok(
                    KEYS,
                    "%s seals. %s."
                            .formatted(
                                    sealer.sealingKeyId(),
                                    opened.isEmpty() ? "Nothing is sealed yet" : String.join(", ", opened)));
        }
    }

    private static String number(long count) {
        return count > MOST_COUNTED ? "more than " + MOST_COUNTED : String.valueOf(count);
    }

    private static Map<String, Long> rows(InstalledSchema schema, SqlConnection connection) throws Trouble {
        var rows = new TreeMap<String, Long>();
        String sealedTables = """
                select quote_ident(relname) from pg_attribute join pg_class on pg_class.oid = attrelid
                 where relnamespace = to_regnamespace('%s') and relkind = 'r' and attname = 'sealed_with'
                """.formatted(schema.name());
        for (Row table : Trouble.unless(connection.query(sealedTables).execute())) {
            String name = schema.quoted() + "." + table.getString(0);
            // One index lookup for each key, and a bounded count.
            String count = """
                    with recursive used as (
                        (select sealed_with from %1$s order by sealed_with limit 1)
                        union all
                        select (select sealed_with from %1$s where sealed_with > used.sealed_with order by sealed_with limit 1)
                          from used where used.sealed_with is not null)
                    select sealed_with, (select count(*) from (
                           select from %1$s as sealed where sealed.sealed_with = used.sealed_with limit %2$d) as counted)
                      from used where sealed_with is not null
                    """.formatted(name, MOST_COUNTED + 1);
            for (Row key : Trouble.unless(connection.query(count).execute())) {
                rows.merge(key.getString(0), key.getLong(1), Long::sum);
            }
        }
        return rows;
    }
}
