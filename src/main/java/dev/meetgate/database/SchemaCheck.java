package dev.meetgate.database;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.ObserverMethod;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.List;

/**
 * Migrates the schema at start, or refuses to start on an old schema if migrations are disabled.
 *
 * <p>A current schema costs one query. Flyway is only created when there is something to migrate.
 */
@Singleton
public class SchemaCheck {

    /** After the observers of default priority. The database answers meanwhile. */
    public static final int PRIORITY = ObserverMethod.DEFAULT_PRIORITY + 1;

    /** The version of the last migration. */
    public static final int NEWEST = 25;

    /** The tables of all migrations. */
    static final List<String> TABLES = List.of(
            "connection",
            "connect_link",
            "pending_consent",
            "authorization_request",
            "account_page_link",
            "revocation",
            "sealing_key",
            "known_name",
            "known_meeting",
            "goto_budget",
            "token_endpoint",
            "idempotency_key",
            "event",
            "event_feed",
            "audit_entry",
            "audit_identity",
            "audit_chain",
            "webhook",
            "delivery",
            "failed_call",
            "budget_minute");

    /** Installations of the first versions, which used the history table that others use as well. */
    private static final String OLD_INSTALLATION = """
        select bool_or(version = $1) from flyway_schema_history where success
        having bool_or(script = 'V1__connections.sql')
        """;

    private static final String WITHOUT_RIGHTS = """
        select string_agg(name, ', ') from unnest($1::text[]) as t (name) where not (
            has_table_privilege(name, 'select') and has_table_privilege(name, 'insert')
            and has_table_privilege(name, 'update') and has_table_privilege(name, 'delete'))
        """;

    static final String GRANTS = "Grant it usage on the schema, and select, insert, update and delete on its tables";

    private static final String MISSING_TABLE = "42P01|3F000";
    static final String MISSING_RIGHT = "42501";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @ConfigMapping(prefix = "meetgate")
    interface SchemaConfig {

        /** Whether the start migrates the schema. Flyway lets one replica do so at a time. */
        @WithDefault("true")
        boolean migrate();
    }

    private final Pool pool;
    private final Schema schema;
    private final DatabaseAddress address;
    private final Uni<Boolean> upToDate;
    private final Uni<Boolean> wasUpToDate;

    SchemaCheck(Pool pool, Schema schema, DatabaseAddress address) {
        this.pool = pool;
        this.schema = schema;
        this.address = address;
        upToDate = pool.preparedQuery("select 1 from %s where version = $1 and success"
                        .formatted(schema.qualified(Migrations.HISTORY)))
                .execute(Tuple.of(String.valueOf(NEWEST)))
                .map(rows -> rows.size() > 0)
                .onFailure(failure -> hasState(failure, MISSING_TABLE))
                .recoverWithUni(this::oldInstallation)
                .ifNoItem()
                .after(PATIENCE)
                .failWith(() -> new IllegalStateException("no answer within " + PATIENCE.toSeconds() + " s"))
                .onFailure()
                .transform(failure -> new ConfigurationException("MeetGate does not start: "
                        + (hasState(failure, MISSING_RIGHT)
                                ? "its role lacks a right in the schema %s. %s: ".formatted(schema.name(), GRANTS)
                                : "the database cannot be reached or rejects the connection: ")
                        + failure.getMessage()));
        wasUpToDate = upToDate.memoize().indefinitely();
    }

    /**
     * An installation that is in {@code public} stays there. Of other schemas, each is its own installation.
     */
    private Uni<Boolean> oldInstallation() {
        if (!schema.name().equals(Schema.DEFAULT) && !schema.name().equals("public")) {
            return Uni.createFrom().item(false);
        }
        return pool.preparedQuery(OLD_INSTALLATION)
                .execute(Tuple.of(String.valueOf(NEWEST)))
                .map(rows -> {
                    if (rows.size() == 0) {
                        return false;
                    }
                    schema.useSearchPath();
                    return rows.iterator().next().getBoolean(0);
                })
                .onFailure(failure -> hasState(failure, MISSING_TABLE + "|" + MISSING_RIGHT))
                .recoverWithItem(false);
    }

    /** Starts the query. {@link #check} waits for the answer and reports failures. */
    void ask(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent start) {
        wasUpToDate.subscribe().with(answer -> {}, failure -> {});
    }

    void check(@Observes @Priority(PRIORITY) StartupEvent start, SchemaConfig config) {
        if (wasUpToDate.await().indefinitely()) {
            if (!config.migrate()) {
                checkRights();
            }
            return;
        }
        if (!config.migrate()) {
            throw new ConfigurationException(
                    ("MeetGate does not start: the schema of the database is older than version"
                                    + " %s, and MEETGATE_MIGRATE is false. Start one replica with"
                                    + " MEETGATE_MIGRATE=true first.")
                            .formatted(NEWEST));
        }
        Migrations.run(address.now(), schema);
        if (!upToDate.await().indefinitely()) {
            throw new IllegalStateException("the migrations did not bring the schema to version " + NEWEST);
        }
    }

    private void checkRights() {
        String[] tables = TABLES.stream().map(schema::qualified).toArray(String[]::new);
        String lacking = pool.preparedQuery(WITHOUT_RIGHTS)
                .execute(Tuple.of(tables))
                .map(rows -> rows.iterator().next().getString(0))
                .await()
                .atMost(PATIENCE);
        if (lacking != null) {
            throw new ConfigurationException(
                    "MeetGate does not start: its role lacks a right on %s. %s.".formatted(lacking, GRANTS));
        }
    }

    private static boolean hasState(Throwable failure, String states) {
        return failure instanceof PgException problem
                && String.valueOf(problem.getSqlState()).matches(states);
    }
}
