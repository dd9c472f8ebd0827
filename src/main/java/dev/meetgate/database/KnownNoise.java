package dev.meetgate.database;

import io.quarkus.logging.LoggingFilter;
import java.util.logging.Filter;
import java.util.logging.LogRecord;

/**
 * Keeps the errors out of the log that Vert.x's pool throws ten seconds after each statement that got no
 * connection: it stops its timer only after success (vertx-sql-client 1706). The caller has been answered.
 */
@LoggingFilter(name = "known-noise")
final class KnownNoise implements Filter {

    private static final String POOL = "io.vertx.sqlclient.impl.pool.SqlConnectionPool";

    @Override
    public boolean isLoggable(LogRecord line) {
        Throwable thrown = line.getThrown();
        return !(thrown instanceof IllegalStateException)
                || thrown.getStackTrace().length < 2
                || !thrown.getStackTrace()[1].getClassName().equals(POOL);
    }
}
