package dev.meetgate.database;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a database has of the schema. Reading it changes nothing.
 *
 * @param version of the last migration; 0 if there is none
 * @param lacking the tables on which the role lacks a right, or null
 * @param mayMigrate whether the role may create and change what a migration does
 */
public record InstalledSchema(
        String name, int version, @Nullable String lacking, boolean mayMigrate) {

    public static final String DEFAULT_NAME = Schema.DEFAULT;
    public static final String GRANTS = SchemaCheck.GRANTS;

    private static final String OLD_INSTALLATION = """
            select count(*) > 0 from public.flyway_schema_history where script = 'V1__connections.sql'
            """;

    /** Reads it by statements that PgBouncer and a transaction that only reads allow. */
    public static Future<InstalledSchema> read(SqlConnection connection, String name) {
        return row(connection, place(name)).compose(place -> {
            if (place.getBoolean(0)) {
                return read(connection, name, name + "." + Migrations.HISTORY);
            }
            return place.getBoolean(1)
                    ? row(connection, OLD_INSTALLATION)
                            .compose(old -> old.getBoolean(0)
                                    ? read(connection, "public", "public.flyway_schema_history")
                                    : read(connection, name, null))
                    : read(connection, name, null);
        });
    }

    private static Future<InstalledSchema> read(SqlConnection connection, String name, @Nullable String history) {
        String tables = SchemaCheck.TABLES.stream().collect(Collectors.joining("', '", "'", "'"));
        return row(connection, rights(name, tables)).compose(rights -> {
            String lacking = rights.getString(1);
            boolean mayMigrate = rights.getBoolean(0);
            return history == null || lacking != null
                    ? Future.succeededFuture(new InstalledSchema(name, 0, lacking, mayMigrate))
                    : row(connection, "select coalesce(max(version::int), 0) from %s where success".formatted(history))
                            .map(version -> new InstalledSchema(name, version.getInteger(0), lacking, mayMigrate));
        });
    }

    private static String place(String name) {
        return """
            select exists (select from pg_class
                            where relnamespace = to_regnamespace('%1$s') and relname = 'meetgate_history'),
                   '%1$s' in ('meetgate', 'public')
                       and exists (select from pg_class where relnamespace = to_regnamespace('public')
                                      and relname = 'flyway_schema_history' and has_table_privilege(oid, 'select'))
            """.formatted(name);
    }

    private static String rights(String name, String tables) {
        return """
            select to_regnamespace('%1$s') is null and has_database_privilege(current_database(), 'create')
                   or coalesce(has_schema_privilege(to_regnamespace('%1$s')::oid, 'create'), false)
                      and count(*) filter (where not pg_has_role(relowner, 'usage')) = 0,
                   case when has_schema_privilege(to_regnamespace('%1$s')::oid, 'usage') = false
                        then 'the schema ' || '%1$s'
                        else string_agg(relname, ', ' order by relname) filter (where not (
                            has_table_privilege(pg_class.oid, 'select')
                            and (relname = 'meetgate_history' or has_table_privilege(pg_class.oid, 'insert')
                                and has_table_privilege(pg_class.oid, 'update')
                                and has_table_privilege(pg_class.oid, 'delete')))) end
              from pg_class
             where relnamespace = to_regnamespace('%1$s') and relkind = 'r' and relname in ('meetgate_history', %2$s)
            """.formatted(name, tables);
    }

    private static Future<Row> row(SqlConnection connection, String query) {
        return connection.query(query).execute().map(rows -> rows.iterator().next());
    }

    /** The name in SQL. */
    public String quoted() {
        return '"' + name + '"';
    }
}
