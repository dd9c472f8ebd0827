package dev.meetgate.database;

import dev.meetgate.problem.Failure;
import dev.meetgate.reactive.Detached;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.function.Function;

/**
 * Executes one statement for many callers. Those who come while earlier ones are served share the next
 * transaction.
 */
public final class GroupCommit {

    /** More than one, so that a connection that hangs does not hold all callers up. */
    private static final int TRANSACTIONS = 2;

    /** A caller who waits so long is late. Another transaction begins beside the one that is under way. */
    private static final Duration LATE = Duration.ofMillis(100);

    private static final int MOST = 100;

    /** The caller of a statement that comes to its turn later is not likely to wait any more. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private record Waiting(Tuple values, UniEmitter<? super Void> caller, long since) {

        boolean isOver() {
            return hasWaited(LONGEST_WAIT);
        }

        boolean hasWaited(Duration time) {
            return System.nanoTime() - since >= time.toNanos();
        }
    }

    private final Function<List<Tuple>, Uni<RowSet<Row>>> transaction;
    private final Comparator<Waiting> order;
    private final Detached detached;
    private final Vertx vertx;
    private final Queue<Waiting> queue = new ArrayDeque<>();
    private int underWay;

    /**
     * @param transaction executes the statement with each of these values, or with none of them
     * @param order in which other statements lock these rows
     */
    GroupCommit(
            Function<List<Tuple>, Uni<RowSet<Row>>> transaction,
            Comparator<Tuple> order,
            Detached detached,
            Vertx vertx) {
        this.transaction = transaction;
        this.order = Comparator.comparing(Waiting::values, order);
        this.detached = detached;
        this.vertx = vertx;
    }

    /**
     * Fails as {@link Postgres#executeForAll} does, and where its turn comes too late. The caller's deadline
     * does not bound it. The statement is executed even if the caller leaves. The result comes on any thread.
     */
    public Uni<Void> execute(Tuple values) {
        Uni<Void> executed = Uni.createFrom().emitter(caller -> add(new Waiting(values, caller, System.nanoTime())));
        return Postgres.translated(Postgres.retriedUnlessExecuted(executed));
    }

    private void add(Waiting waiting) {
        synchronized (this) {
            queue.add(waiting);
            if (underWay > 0) {
                if (queue.size() == 1) {
                    executeBesideIfLate();
                }
                return;
            }
            underWay++;
        }
        executeAll();
    }

    /** Each caller who becomes the first in the queue has such a timer. */
    private void executeBesideIfLate() {
        vertx.setTimer(LATE.toMillis(), late -> executeBeside());
    }

    private void executeBeside() {
        synchronized (this) {
            if (underWay == TRANSACTIONS || !isFirstLate()) {
                return;
            }
            underWay++;
        }
        executeAll();
    }

    private boolean isFirstLate() {
        Waiting first = queue.peek();
        return first != null && first.hasWaited(LATE);
    }

    /** Executes one group after the other, as {@link #next} gives them. */
    private void executeAll() {
        detached.of(() -> Multi.createBy()
                        .repeating()
                        .uni(() -> execute(next()))
                        .whilst(executed -> executed)
                        .collect()
                        .last())
                .subscribe()
                .with(end -> {}, this::failed);
    }

    private void failed(Throwable bug) {
        Log.error("A group of statements failed", bug);
        synchronized (this) {
            underWay--;
            if (!queue.isEmpty()) {
                executeBesideIfLate();
            }
        }
    }

    /**
     * The callers of the next transaction: none if nobody waits, or if another transaction is under way and
     * nobody is late.
     */
    private synchronized List<Waiting> next() {
        var group = new ArrayList<Waiting>();
        if (underWay == 1 || isFirstLate()) {
            while (group.size() < MOST && !queue.isEmpty()) {
                group.add(queue.remove());
            }
        }
        if (group.isEmpty()) {
            underWay--;
        } else if (!queue.isEmpty()) {
            executeBesideIfLate();
        }
        group.sort(order);
        return group;
    }

    /** Does not fail. Wrong values fail their own caller alone. False if the group is empty. */
    private Uni<Boolean> execute(List<Waiting> group) {
        List<Waiting> wanted = stillWanted(group);
        if (wanted.isEmpty()) {
            return Uni.createFrom().item(!group.isEmpty());
        }
        List<Tuple> values = wanted.stream().map(Waiting::values).toList();
        return Postgres.bounded(Uni.createFrom().deferred(() -> transaction.apply(values)))
                .invoke(() -> wanted.forEach(waiting -> waiting.caller.complete(null)))
                .replaceWith(true)
                .onFailure(failure -> wanted.size() > 1 && DatabaseErrors.isOfValues(failure))
                .recoverWithUni(wrong -> oneByOne(wanted))
                .onFailure()
                .recoverWithItem(failure -> {
                    wanted.forEach(waiting -> waiting.caller.fail(failure));
                    return true;
                });
    }

    private static List<Waiting> stillWanted(List<Waiting> group) {
        var wanted = new ArrayList<Waiting>();
        for (Waiting waiting : group) {
            if (waiting.isOver()) {
                waiting.caller.fail(Failure.Unavailable.ofDatabase());
            } else {
                wanted.add(waiting);
            }
        }
        return wanted;
    }

    private Uni<Boolean> oneByOne(List<Waiting> group) {
        return Multi.createFrom()
                .iterable(group)
                .onItem()
                .transformToUniAndConcatenate(waiting -> execute(List.of(waiting)))
                .collect()
                .last();
    }
}
