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
import org.eclipse.microprofile.config.Config;
import org.flywaydb.core.Flyway;

/**
 * Brings the schema up to date at start, or refuses to start on an old one where it is not ours to change. A schema that is up to
 * date, as it nearly always is, costs one query: Flyway, with its check of what was applied
 * before, comes into being only when there is something to do.
 */
@Singleton
public class SchemaCheck {

    /** After what observes the start at the default priority, as extensions do: the database answers meanwhile. */
    public static final int PRIORITY = ObserverMethod.DEFAULT_PRIORITY + 1;

    /** The newest file of {@code db/migration}. */
    static final String NEWEST = "7";

    private static final String APPLIED = "select 1 from flyway_schema_history where version = $1 and success";
    private static final String UNDEFINED_TABLE = "42P01";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @ConfigMapping(prefix = "meetgate")
    interface SchemaConfig {

        /** Whether the start brings the schema up to date; Flyway lets one replica at a time do so. */
        @WithDefault("true")
        boolean migrate();
    }

    private final Uni<Boolean> upToDate;
    private final Uni<Boolean> wasUpToDate;

    SchemaCheck(Pool pool) {
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

    /** {@link #check} waits for the answer, and is who says what is wrong. */
    void ask(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent start) {
        wasUpToDate.subscribe().with(answer -> {}, failure -> {});
    }

    void check(@Observes @Priority(PRIORITY) StartupEvent start, SchemaConfig config, Config settings) {
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
        migrate(settings);
        if (!upToDate.await().indefinitely()) {
            throw new IllegalStateException("the migrations did not bring the schema to version " + NEWEST);
        }
    }

    /** With the database that the reactive client uses. */
    private static void migrate(Config settings) {
        String url = settings.getValue("quarkus.datasource.reactive.url", String.class);
        String user = settings.getOptionalValue("quarkus.datasource.username", String.class)
                .orElse(null);
        String password = settings.getOptionalValue("quarkus.datasource.password", String.class)
                .orElse(null);
        // All calls queue behind whoever waits for the lock of a table, as one does while a backup reads it.
        var flyway = Flyway.configure()
                .dataSource("jdbc:" + url.replaceFirst("^vertx-reactive:", ""), user, password)
                .initSql("set lock_timeout = '5s'");
        // The binary has no class path to search: Quarkus knows from the build which files there are.
        var files = new QuarkusPathLocationScanner(flyway, List.of(flyway.getLocations())).scanForResources();
        flyway.resourceProvider(new QuarkusFlywayResourceProvider(files)).load().migrate();
    }

    private static boolean isMissingTable(Throwable failure) {
        return failure instanceof PgException problem && UNDEFINED_TABLE.equals(problem.getSqlState());
    }
}
