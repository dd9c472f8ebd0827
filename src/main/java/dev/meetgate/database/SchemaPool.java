package dev.meetgate.database;

import io.vertx.core.Future;
import io.vertx.core.impl.CloseFuture;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import io.vertx.pgclient.impl.PgConnectionFactory;
import io.vertx.pgclient.impl.PgConnectionImpl;
import io.vertx.pgclient.spi.PgDriver;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.PrepareOptions;
import io.vertx.sqlclient.PreparedQuery;
import io.vertx.sqlclient.PreparedStatement;
import io.vertx.sqlclient.Query;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.impl.Connection;
import io.vertx.sqlclient.impl.PoolImpl;
import io.vertx.sqlclient.impl.SqlConnectionInternal;
import io.vertx.sqlclient.spi.ConnectionFactory;
import org.jspecify.annotations.Nullable;

/** A pool whose statements find their tables in MeetGate's schema, those of Hibernate too. */
final class SchemaPool extends PoolImpl {

    private final Schema schema;

    SchemaPool(VertxInternal vertx, PoolOptions options, CloseFuture closing, Schema schema) {
        super(vertx, new SchemaDriver(schema), false, options, null, null, closing);
        this.schema = schema;
    }

    @Override
    public Query<RowSet<Row>> query(String sql) {
        return super.query(schema.place(sql));
    }

    @Override
    public PreparedQuery<RowSet<Row>> preparedQuery(String sql, @Nullable PrepareOptions options) {
        return super.preparedQuery(schema.place(sql), options);
    }

    private static final class SchemaDriver extends PgDriver {

        private final Schema schema;

        SchemaDriver(Schema schema) {
            this.schema = schema;
        }

        @Override
        public SqlConnectionInternal wrapConnection(
                ContextInternal context, ConnectionFactory factory, Connection connection) {
            return new SchemaConnection((PgConnectionFactory) factory, context, connection, schema);
        }
    }

    private static final class SchemaConnection extends PgConnectionImpl {

        private final Schema schema;

        SchemaConnection(PgConnectionFactory factory, ContextInternal context, Connection connection, Schema schema) {
            super(factory, context, connection);
            this.schema = schema;
        }

        @Override
        public Query<RowSet<Row>> query(String sql) {
            return super.query(schema.place(sql));
        }

        @Override
        public PreparedQuery<RowSet<Row>> preparedQuery(String sql, @Nullable PrepareOptions options) {
            return super.preparedQuery(schema.place(sql), options);
        }

        @Override
        public Future<PreparedStatement> prepare(String sql, @Nullable PrepareOptions options) {
            return super.prepare(schema.place(sql), options);
        }
    }
}
