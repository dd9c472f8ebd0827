package dev.meetgate.database;

import io.quarkus.flyway.runtime.QuarkusFlywayResourceProvider;
import io.quarkus.flyway.runtime.QuarkusPathLocationScanner;
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
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/**
 * Migrates the schema at start, or refuses to start on an old schema if migrations are disabled.
 *
 * <p>A current schema costs one query. Flyway is only created when there is something to migrate.
 */
@Singleton
public class SchemaCheck {

    /** After the observers of default priority. The database answers meanwhile. */
    public static final int PRIORITY = ObserverMethod.DEFAULT_PRIORITY + 1;

    static final String NEWEST = "13";

    /** The tables of all migrations. */
    static final List<String> TABLES = List.of(
            "connection",
            "connect_link",
            "authorization_request",
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
            "delivery");

    private static final String HISTORY = "meetgate_history";

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

    private static final String GRANTS =
            "Grant it usage on the schema, and select, insert, update and delete on its tables";

    private static final String MISSING_TABLE = "42P01|3F000";
    private static final String MISSING_RIGHT = "42501";
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
        upToDate = pool.preparedQuery(
                        "select 1 from %s where version = $1 and success".formatted(schema.qualified(HISTORY)))
                .execute(Tuple.of(NEWEST))
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
                .execute(Tuple.of(NEWEST))
                .map(rows -> {
                    if (rows.size() == 0) {
                        return false;
                    }
                    schema.isWherePostgresFindsIt();
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
        migrate();
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

    private void migrate() {
        DatabaseUrl url = address.now();
        var flyway = Flyway.configure().dataSource(url.jdbc(), url.user(), url.password());
        String setup = "set local lock_timeout = '5s'";
        if (!schema.isFound()) {
            flyway.defaultSchema(schema.name())
                    .table(HISTORY)
                    // Others may have tables there.
                    .baselineOnMigrate(true)
                    .baselineVersion("0");
            setup += "; set local search_path = \"%s\"".formatted(schema.name());
        }
        flyway.callbacks(new BeforeEach(setup));
        // A binary has no class path to scan. Quarkus recorded the files at build time.
        var files = new QuarkusPathLocationScanner(flyway, List.of(flyway.getLocations())).scanForResources();
        flyway.resourceProvider(new QuarkusFlywayResourceProvider(files));
        try {
            flyway.load().migrate();
        } catch (FlywayException failure) {
            throw new ConfigurationException(reason(failure));
        }
    }

    private String reason(FlywayException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException problem) {
                return "MeetGate does not start: "
                        + (MISSING_RIGHT.equals(problem.getSQLState())
                                ? "its role may not migrate the schema %s. Let an administrator run: create schema %s"
                                                .formatted(schema.name(), schema.name())
                                        + " authorization <the role>. Or start once with a role that may: "
                                : "the schema cannot be migrated: ")
                        + problem.getMessage();
            }
        }
        return "MeetGate does not start: the schema cannot be migrated: " + failure.getMessage();
    }

    /**
     * Sets what holds for one migration. A migration that waits for a table lock blocks all calls, for
     * example during a backup. Settings of the session would be lost behind PgBouncer.
     */
    private record BeforeEach(String setup) implements Callback {

        @Override
        public boolean supports(Event event, Context context) {
            return event == Event.BEFORE_EACH_MIGRATE;
        }

        @Override
        public boolean canHandleInTransaction(Event event, Context context) {
            return true;
        }

        @Override
        public void handle(Event event, Context context) {
            try (var statement = context.getConnection().createStatement()) {
                statement.execute(setup);
            } catch (SQLException e) {
                throw new FlywayException(e);
            }
        }

        @Override
        public String getCallbackName() {
            return "meetgate";
        }
    }

    private static boolean hasState(Throwable failure, String states) {
        return failure instanceof PgException problem
                && String.valueOf(problem.getSqlState()).matches(states);
    }
}
