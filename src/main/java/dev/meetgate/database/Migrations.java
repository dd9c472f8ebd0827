package dev.meetgate.database;

import io.quarkus.flyway.runtime.QuarkusFlywayResourceProvider;
import io.quarkus.flyway.runtime.QuarkusPathLocationScanner;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.sql.SQLException;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/** Brings the schema up to date with Flyway, which lets one replica do so at a time. */
final class Migrations {

    static final String HISTORY = "meetgate_history";

    private Migrations() {}

    /** Fails with a {@link ConfigurationException} that says what to do. */
    static void run(DatabaseUrl url, Schema schema) {
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
            throw new ConfigurationException(reason(failure, schema));
        }
    }

    private static String reason(FlywayException failure, Schema schema) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException problem) {
                return "MeetGate does not start: "
                        + (SchemaCheck.MISSING_RIGHT.equals(problem.getSQLState())
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
}
