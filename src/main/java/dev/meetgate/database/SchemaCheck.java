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
import java.time.Duration;
import java.util.List;
import org.flywaydb.core.Flyway;

/**
 * Migrates the schema at start, or refuses to start on an old schema if migrations are disabled.
 *
 * <p>A current schema costs one query. Flyway is only created when there is something to migrate.
 */
@Singleton
public class SchemaCheck {

    /** After the observers of default priority. The database answers meanwhile. */
    public static final int PRIORITY = ObserverMethod.DEFAULT_PRIORITY + 1;

    static final String NEWEST = "9";

    private static final String APPLIED = "select 1 from flyway_schema_history where version = $1 and success";
    private static final String UNDEFINED_TABLE = "42P01";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @ConfigMapping(prefix = "meetgate")
    interface SchemaConfig {

        /** Whether the start migrates the schema. Flyway lets one replica do so at a time. */
        @WithDefault("true")
        boolean migrate();
    }

    private final DatabaseAddress address;
    private final Uni<Boolean> upToDate;
    private final Uni<Boolean> wasUpToDate;

    SchemaCheck(Pool pool, DatabaseAddress address) {
        this.address = address;
        upToDate = pool.preparedQuery(APPLIED)
                .execute(Tuple.of(NEWEST))
                .map(rows -> rows.size() > 0)
                .onFailure(SchemaCheck::isMissingTable)
                .recoverWithItem(false)
                .ifNoItem()
                .after(PATIENCE)
                .failWith(() -> new IllegalStateException("no answer within " + PATIENCE.toSeconds() + " s"))
                .onFailure()
                .transform(failure -> new ConfigurationException(
                        "MeetGate does not start: the database cannot be reached or rejects the connection: "
                                + failure.getMessage()));
        wasUpToDate = upToDate.memoize().indefinitely();
    }

    /** Starts the query. {@link #check} waits for the answer and reports failures. */
    void ask(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent start) {
        wasUpToDate.subscribe().with(answer -> {}, failure -> {});
    }

    void check(@Observes @Priority(PRIORITY) StartupEvent start, SchemaConfig config) {
        if (wasUpToDate.await().indefinitely()) {
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

    private void migrate() {
        DatabaseUrl url = address.now();
        // A migration that waits for a table lock blocks all calls, for example during a backup.
        var flyway = Flyway.configure()
                .dataSource(url.jdbc(), url.user(), url.password())
                .initSql("set lock_timeout = '5s'");
        // A binary has no class path to scan. Quarkus recorded the files at build time.
        var files = new QuarkusPathLocationScanner(flyway, List.of(flyway.getLocations())).scanForResources();
        flyway.resourceProvider(new QuarkusFlywayResourceProvider(files)).load().migrate();
    }

    private static boolean isMissingTable(Throwable failure) {
        return failure instanceof PgException problem && UNDEFINED_TABLE.equals(problem.getSqlState());
    }
}
