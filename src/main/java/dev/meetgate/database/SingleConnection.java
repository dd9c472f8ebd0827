package dev.meetgate.database;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.impl.CloseFuture;
import io.vertx.core.impl.VertxInternal;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.SqlConnection;

/** A connection as the pool opens it, for a process that has no pool. */
public final class SingleConnection {

    private SingleConnection() {}

    public static Future<SqlConnection> open(Vertx vertx, DatabaseUrl url) {
        var internal = (VertxInternal) vertx;
        var closing = new CloseFuture();
        return new Connector(internal, () -> url, new PgConnectOptions(), closing)
                .connect(internal.getOrCreateContext())
                // Else nothing holds it, and it closes the connection when it is collected.
                .onSuccess(connection -> connection.closeHandler(closed -> closing.close()))
                .onFailure(failure -> closing.close());
    }
}
