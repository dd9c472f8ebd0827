package dev.meetgate.database;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meetgate.packaged.Replica;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class KnownNoiseTest {

    private final KnownNoise filter = new KnownNoise();

    @Test
    @Tag("thorough")
    void hidesWhatThePoolThrowsAfterAFailedLogin() throws Exception {
        var thrown = new CompletableFuture<Throwable>();
        Vertx vertx = Vertx.vertx().exceptionHandler(thrown::complete);
        PgBuilder.pool()
                .using(vertx)
                .connectingTo(new PgConnectOptions().setHost("127.0.0.1").setPort(Replica.freePort()))
                .with(new PoolOptions().setConnectionTimeout(1))
                .build()
                .query("select 1")
                .execute();

        assertFalse(
                filter.isLoggable(line(thrown.orTimeout(40, TimeUnit.SECONDS).join())));
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void hidesNothingElse() {
        assertTrue(filter.isLoggable(line(null)));
        assertTrue(filter.isLoggable(line(new IllegalStateException("Result is already complete"))));
    }

    private static LogRecord line(Throwable thrown) {
        var line = new LogRecord(Level.SEVERE, "Uncaught exception received by Vert.x");
        line.setThrown(thrown);
        return line;
    }
}
