package dev.meetgate.database;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.impl.CloseFuture;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgException;
import io.vertx.pgclient.impl.PgConnectionFactory;
import io.vertx.pgclient.impl.PgConnectionImpl;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.impl.Connection;
import java.net.ConnectException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Opens connections to PostgreSQL. Of several hosts, it finds the one that accepts writes. */
final class Connector {

    /**
     * Vert.x leaves the socket open when a server refuses TLS. By default, the server closes the socket after
     * this time.
     */
    private static final long REFUSAL_OF_TLS = TimeUnit.SECONDS.toNanos(60);

    private static final String NO_TLS = "Postgres Server does not handle SSL connection";

    /** While no primary is known, one search begins in this time. */
    private static final long BETWEEN_SEARCHES = TimeUnit.MILLISECONDS.toNanos(200);

    private static final String IS_READ_ONLY =
            "select pg_is_in_recovery() or current_setting('transaction_read_only')::boolean";

    /** The server has no rule for such a connection, for example because it is not encrypted. */
    private static final String NO_RULE = "28000";

    private final DatabaseAddress address;
    private final AttemptOptions options;
    private final PgConnectionFactory factory;
    private final WatchedConnection.Watch watch = new WatchedConnection.Watch();
    private volatile DatabaseUrl.@Nullable Candidate successful;
    private volatile DatabaseUrl.@Nullable Host silent;
    private final Map<DatabaseUrl.Host, Long> refusedTls = new ConcurrentHashMap<>();

    /** Absent while a primary is known. */
    private @Nullable Search search;

    /**
     * An attempt to find the primary among all hosts. Searches are few: hosts need free connections to become
     * primary.
     */
    private record Search(Future<Void> end, long begunAt) {}

    Connector(VertxInternal vertx, DatabaseAddress address, PgConnectOptions settings, CloseFuture closing) {
        this.address = address;
        this.options = new AttemptOptions(settings);
        this.factory = new PgConnectionFactory(vertx, () -> Future.succeededFuture(settings));
        closing.add(factory);
    }

    Future<SqlConnection> connect(Context poolContext) {
        var context = (ContextInternal) poolContext;
        return context.executeBlocking(this::read).compose(read -> {
            DatabaseUrl url = Objects.requireNonNull(read);
            return url.primary() ? find(context, url) : connect(context, url, attempts(url));
        });
    }

    /**
     * Reads the file that contains the URL. Also reads this machine's certificate authorities, the first time
     * they are needed.
     */
    private DatabaseUrl read() {
        DatabaseUrl url = address.now();
        options.readAuthorities(url);
        return url;
    }

    /** A call during a search waits until the search ends, and fails if the search has failed. */
    private synchronized Future<SqlConnection> find(ContextInternal context, DatabaseUrl url) {
        Search known = search;
        long now = System.nanoTime();
        if (known != null && now - known.begunAt < BETWEEN_SEARCHES) {
            var end = context.<Void>promise();
            known.end.onComplete(end);
            return end.future().compose(found -> connect(context, url, attempts(url)));
        }
        Future<SqlConnection> found = connect(context, url, attempts(url));
        if (known != null) {
            search = new Search(found.mapEmpty(), now);
        }
        return found.onComplete(this::ended);
    }

    private synchronized void ended(AsyncResult<SqlConnection> round) {
        if (round.succeeded()) {
            search = null;
        } else if (search == null) {
            search = new Search(Future.failedFuture(round.cause()), System.nanoTime());
        }
    }

    /** The attempt that succeeded last comes first. The host that was silent comes last. */
    private List<DatabaseUrl.Candidate> attempts(DatabaseUrl url) {
        return url.candidates().stream()
                .sorted(Comparator.comparing((DatabaseUrl.Candidate attempt) ->
                                attempt.host().equals(silent))
                        .thenComparing(attempt -> !attempt.equals(successful)))
                .toList();
    }

    private Future<SqlConnection> connect(
            ContextInternal context, DatabaseUrl url, List<DatabaseUrl.Candidate> attempts) {
        DatabaseUrl.Candidate attempt = attempts.get(0);
        List<DatabaseUrl.Candidate> others = attempts.subList(1, attempts.size());
        PgConnectOptions settings = options.of(url, attempt);
        Future<SqlConnection> login = attempt.encrypted() && hasRefusedTls(attempt.host())
                ? context.failedFuture(new ConnectException(NO_TLS))
                : connect(context, url, attempt, settings);
        return login.map(connection -> watched(context, connection, settings))
                .compose(connection -> url.primary() ? primary(connection) : Future.succeededFuture(connection))
                .onSuccess(connection -> succeeded(attempt))
                .recover(failure -> {
                    var sensible = others.stream()
                            .filter(other -> !other.host().equals(attempt.host()) || isNoAnswer(failure))
                            .toList();
                    return sensible.isEmpty()
                            ? Future.failedFuture(failure)
                            : connect(context, url, sensible)
                                    .recover(last -> Future.failedFuture(telling(failure, last)));
                });
    }

    private boolean hasRefusedTls(DatabaseUrl.Host host) {
        Long at = refusedTls.get(host);
        return at != null && System.nanoTime() - at < REFUSAL_OF_TLS;
    }

    private void succeeded(DatabaseUrl.Candidate attempt) {
        successful = attempt;
        if (attempt.host().equals(silent)) {
            silent = null;
        }
    }

    private static boolean isNoAnswer(Throwable failure) {
        return !(failure instanceof PgException problem) || NO_RULE.equals(problem.getSqlState());
    }

    /** An answer of PostgreSQL says more than a connection that failed. */
    private static Throwable telling(Throwable first, Throwable last) {
        return first instanceof PgException && !(last instanceof PgException) ? first : last;
    }

    private Future<SqlConnection> connect(
            ContextInternal context, DatabaseUrl url, DatabaseUrl.Candidate attempt, PgConnectOptions settings) {
        var result = context.<SqlConnection>promise();
        long timer = context.setTimer(TimeUnit.SECONDS.toMillis(url.connectSeconds()), late -> {
            if (result.tryFail(new ConnectException(
                    "PostgreSQL at %s accepts no login within %d s".formatted(attempt.host(), url.connectSeconds())))) {
                silent = attempt.host();
            }
        });
        factory.connect((Context) context, settings).onComplete(login -> {
            context.owner().cancelTimer(timer);
            if (login.failed()) {
                if (NO_TLS.equals(login.cause().getMessage())) {
                    refusedTls.put(attempt.host(), System.nanoTime());
                }
                result.tryFail(login.cause());
            } else if (!result.tryComplete(login.result())) {
                login.result().close();
            }
        });
        return result.future();
    }

    private Future<SqlConnection> primary(SqlConnection connection) {
        return connection.query(IS_READ_ONLY).execute().transform(answer -> {
            if (answer.succeeded() && !answer.result().iterator().next().getBoolean(0)) {
                return Future.succeededFuture(connection);
            }
            connection.close();
            return Future.failedFuture(
                    answer.failed()
                            ? answer.cause()
                            : new ConnectException("no host of the database accepts writes at the moment"));
        });
    }

    private SqlConnection watched(ContextInternal context, SqlConnection connection, PgConnectOptions settings) {
        Connection unwatched = ((PgConnectionImpl) connection).unwrap();
        Runnable cancel =
                () -> factory.cancelRequest(settings, unwatched.getProcessId(), unwatched.getSecretKey(), sent -> {});
        return new PgConnectionImpl(factory, context, watch.over(unwatched, cancel));
    }
}
