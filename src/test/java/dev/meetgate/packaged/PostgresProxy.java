package dev.meetgate.packaged;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.meetgate.Await;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A proxy between a replica and PostgreSQL that simulates failures: it can stop at a statement, close
 * connections, be slow or be away.
 */
final class PostgresProxy implements AutoCloseable {

    /** Whether a statement stops before PostgreSQL receives it, or before the replica receives the result. */
    enum Stop {
        BEFORE,
        AFTER
    }

    private record Rule(String statement, Stop stop) {}

    /**
     * PostgreSQL's answers to a change of one row. A change whose rows a query uses is answered as the query
     * is.
     */
    private static final List<String> DONE = List.of("UPDATE 1", "INSERT 0 1", "SELECT 1");

    private final Vertx vertx = Vertx.vertx();
    private final NetClient client = vertx.createNetClient();
    private final Set<NetSocket> sockets = ConcurrentHashMap.newKeySet();
    private final Set<Session> sessions = ConcurrentHashMap.newKeySet();
    private final Set<NetSocket> stopped = ConcurrentHashMap.newKeySet();
    private final URI postgres;
    private final int port;
    private NetServer server;
    private volatile @Nullable Rule rule;
    private final AtomicInteger accepted = new AtomicInteger();
    private volatile long delayMillis;

    private PostgresProxy(String url) {
        postgres = URI.create(url);
        server = listen(0);
        port = server.actualPort();
    }

    /** Starts a proxy in front of the database with this URL. */
    static PostgresProxy of(String url) {
        return new PostgresProxy(url);
    }

    /** The URL of the database through the proxy. */
    String url() {
        return "postgresql://127.0.0.1:" + port + postgres.getPath();
    }

    /** Stops each connection that sends a statement with these words. */
    void stopAt(String words, Stop stop) {
        stopped.clear();
        rule = new Rule(words, stop);
    }

    /** How many connections have stopped. */
    int stopped() {
        return stopped.size();
    }

    /** Delays each message in both directions. */
    void slowDown(long millis) {
        delayMillis = millis;
    }

    /** Closes all connections and accepts no new ones. */
    void takeAway() {
        server.close().toCompletionStage().toCompletableFuture().join();
        hangUp();
        // The socket is closed later than the server.
        Await.until(this::isFree);
    }

    private boolean isFree() {
        try (var listener = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return listener.isBound();
        } catch (IOException inUse) {
            return false;
        }
    }

    /** Waits for this many failed attempts to connect while the proxy is away. */
    void refuse(int attempts) {
        try (var listener = new ServerSocket(port, attempts, InetAddress.getLoopbackAddress())) {
            listener.setSoTimeout(40_000);
            for (int attempt = 0; attempt < attempts; attempt++) {
                listener.accept().close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Accepts connections again and stops no statement. */
    void bringBack() {
        rule = null;
        server = listen(port);
    }

    /** Swallows all that comes over the connections of this moment. New connections work. */
    void silence() {
        sessions.forEach(Session::stop);
    }

    /** Closes the stopped connections and stops no other. */
    void hangUpOnTheStopped() {
        rule = null;
        stopped.forEach(NetSocket::close);
    }

    /** How many connections replicas have made. */
    int accepted() {
        return accepted.get();
    }

    /** How many of them are open. */
    int open() {
        return sockets.size();
    }

    /** Closes all connections. */
    void hangUp() {
        sockets.forEach(NetSocket::close);
    }

    private NetServer listen(int port) {
        return vertx.createNetServer()
                .connectHandler(this::connect)
                .listen(port, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private void connect(NetSocket replica) {
        replica.pause();
        client.connect(postgres.getPort(), postgres.getHost())
                .onSuccess(database -> new Session(replica, database).begin())
                .onFailure(refused -> replica.close());
    }

    /** One connection of the replica's pool. */
    private final class Session {

        private final NetSocket replica;
        private final NetSocket database;
        private @Nullable Rule met;
        private volatile boolean isStopped;

        Session(NetSocket replica, NetSocket database) {
            this.replica = replica;
            this.database = database;
        }

        void begin() {
            sockets.add(replica);
            accepted.incrementAndGet();
            sessions.add(this);
            replica.closeHandler(closed -> {
                sockets.remove(replica);
                sessions.remove(this);
                database.close();
            });
            database.closeHandler(closed -> replica.close());
            database.handler(this::fromDatabase);
            replica.handler(this::fromReplica);
            replica.resume();
        }

        private void fromReplica(Buffer message) {
            Rule now = rule;
            if (met == null && now != null && message.toString(ISO_8859_1).contains(now.statement())) {
                met = now;
                if (now.stop() == Stop.BEFORE) {
                    stop();
                }
            }
            pass(message, database);
        }

        private void fromDatabase(Buffer message) {
            if (met != null && isResult(message.toString(ISO_8859_1), met.statement())) {
                stop();
            }
            pass(message, replica);
        }

        /** PostgreSQL's answer to a commit repeats the word. */
        private boolean isResult(String message, String statement) {
            return DONE.stream().anyMatch(message::contains) || message.contains(statement);
        }

        private void stop() {
            if (!isStopped) {
                isStopped = true;
                stopped.add(replica);
            }
        }

        private void pass(Buffer message, NetSocket to) {
            if (isStopped) {
                return;
            }
            if (delayMillis == 0) {
                to.write(message);
            } else {
                vertx.setTimer(delayMillis, timer -> to.write(message));
            }
        }
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
