package dev.meetgate.database;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.core.impl.CloseFuture;
import io.vertx.core.impl.VertxInternal;
import io.vertx.pgclient.impl.PgPoolImpl;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;

/** Creates the pool of connections to PostgreSQL. */
@Singleton
class ConnectionPool implements PgPoolCreator {

    private final DatabaseAddress address;
    private final Schema schema;

    ConnectionPool(DatabaseAddress address, Schema schema) {
        this.address = address;
        this.schema = schema;
    }

    @Override
    public Pool create(Input input) {
        var vertx = (VertxInternal) input.vertx();
        var closing = new CloseFuture();
        PoolOptions options = input.poolOptions()
                .setConnectionTimeout((int) WatchedConnection.PATIENCE.toSeconds())
                .setConnectionTimeoutUnit(TimeUnit.SECONDS);
        var connector =
                new Connector(vertx, address, input.pgConnectOptionsList().get(0), closing);
        var pool = new SchemaPool(vertx, options, closing, schema);
        pool.connectionProvider(connector::connect);
        pool.init();
        vertx.addCloseHook(closing);
        return new PgPoolImpl(vertx, closing, pool);
    }
}
