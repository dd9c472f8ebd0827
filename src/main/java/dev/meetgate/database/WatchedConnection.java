package dev.meetgate.database;

import io.netty.channel.Channel;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.net.impl.NetSocketInternal;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.impl.Connection;
import io.vertx.sqlclient.impl.SocketConnectionBase;
import io.vertx.sqlclient.impl.command.CommandBase;
import io.vertx.sqlclient.impl.command.QueryCommandBase;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A connection to PostgreSQL that is closed as soon as it is known to be useless: a statement got no answer
 * in time, or the server stops or is no primary any more. The pool replaces closed connections.
 *
 * <p>The other connections of the pool are probably useless too. The idle ones are closed with it.
 */
final class WatchedConnection extends ForwardingConnection {

    /**
     * How long a statement may take. The answer may come later, but nobody waits for it. Callers wait half a
     * second longer. A caller who tries again therefore does not get another silent connection.
     */
    static final Duration PATIENCE = Duration.ofMillis(9_500);

    /** The server stops or starts, is read-only, or has lost what the connection had prepared. */
    private static final String USELESS = "25006|26000|57P0[1235]|08...";

    /** A new connection that is useless too would not be replaced by a better one. */
    private static final long YOUNG = TimeUnit.SECONDS.toNanos(1);

    private final NetSocketInternal socket;
    private final Runnable cancel;
    private final Set<WatchedConnection> all;
    private final long openedAt = System.nanoTime();
    private final AtomicInteger unanswered = new AtomicInteger();
    private final Promise<Void> gone = Promise.promise();
    private volatile long answeredAt = openedAt;
    private volatile boolean useless;
    private volatile boolean closed;
    private volatile boolean pooled;

    private WatchedConnection(Connection connection, Runnable cancel, Set<WatchedConnection> all) {
        super(connection);
        this.socket = ((SocketConnectionBase) connection.unwrap()).socket();
        this.cancel = cancel;
        this.all = all;
        all.add(this);
        channel().closeFuture().addListener(end -> leave());
    }

    /** The open connections of a pool. */
    static final class Watch {

        private final Set<WatchedConnection> all = ConcurrentHashMap.newKeySet();

        /** The action asks the server to cancel the connection's statement. */
        Connection over(Connection connection, Runnable cancel) {
            return new WatchedConnection(connection, cancel, all);
        }
    }

    @Override
    public <R> Future<R> schedule(ContextInternal context, CommandBase<R> command) {
        if (closed) {
            return afterTheEnd(context, context.failedFuture(new NotExecuted()));
        }
        long sentAt = System.nanoTime();
        unanswered.incrementAndGet();
        long timer = context.owner().setTimer(PATIENCE.toMillis(), late -> closeUnanswered(sentAt));
        return connection.schedule(context, command).transform(answer -> {
            context.owner().cancelTimer(timer);
            answeredAt = System.nanoTime();
            unanswered.decrementAndGet();
            Future<R> result = answer.succeeded()
                    ? context.succeededFuture(answer.result())
                    : context.failedFuture(answer.cause());
            boolean wasUseless = useless;
            boolean isGone = answer.failed() && !channel().isOpen();
            if (isUseless(answer.cause()) || (isGone && !isYoung())) {
                useless = true;
                closeIdle(System.nanoTime());
            }
            // In a transaction, its rollback is still to come.
            if (wasUseless || (useless && (!(command instanceof QueryCommandBase<?> query) || query.autoCommit()))) {
                close();
                return afterTheEnd(context, result);
            }
            return isGone ? afterTheEnd(context, result) : result;
        });
    }

    /** Answers when the pool has let the connection go. Who tries again would otherwise get the same one. */
    private <R> Future<R> afterTheEnd(ContextInternal context, Future<R> result) {
        var answer = context.<R>promise();
        gone.future().onComplete(end -> result.onComplete(answer));
        return answer.future();
    }

    /**
     * A statement that waits for a lock would go on at the server, and use up its connections with others.
     */
    private void closeUnanswered(long sentAt) {
        if (!closed) {
            cancel.run();
        }
        close();
        closeIdle(sentAt);
    }

    /** Closes the connections that have nothing to do and got their last answer before. */
    private void closeIdle(long before) {
        for (WatchedConnection other : all) {
            if (other.unanswered.get() == 0 && other.answeredAt - before < 0) {
                other.close();
            }
        }
    }

    private void close() {
        closed = true;
        socket.close();
    }

    /** A pool that has the connection lets it go later, when it is told of the end. */
    private void leave() {
        all.remove(this);
        if (!pooled) {
            gone.tryComplete();
        }
    }

    private Channel channel() {
        return socket.channelHandlerContext().channel();
    }

    private boolean isUseless(@Nullable Throwable failure) {
        return failure instanceof PgException problem
                && String.valueOf(problem.getSqlState()).matches(USELESS)
                && !isYoung();
    }

    private boolean isYoung() {
        return System.nanoTime() - openedAt < YOUNG;
    }

    @Override
    public void init(Holder holder) {
        pooled = true;
        connection.init(new Holder() {
            @Override
            public void handleEvent(Object event) {
                holder.handleEvent(event);
            }

            @Override
            public void handleClosed() {
                holder.handleClosed();
                gone.tryComplete();
            }

            @Override
            public void handleException(Throwable failure) {
                holder.handleException(failure);
            }
        });
    }
}
