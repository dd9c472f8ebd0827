package dev.meetgate.database;

import dev.meetgate.reactive.CallersContext;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
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

    private static final int MOST = 100;

    /** @param end when nobody waits any more */
    private record Waiting(Tuple values, UniEmitter<? super Void> caller, long end) {

        boolean isOver() {
            return System.nanoTime() - end >= 0;
        }
    }

    private final Function<List<Tuple>, Uni<RowSet<Row>>> transaction;
    private final Comparator<Waiting> order;
    private final Vertx vertx;
    private final Queue<Waiting> queue = new ArrayDeque<>();
    private int underWay;

    /**
     * @param transaction executes the statement with each of these values, or with none of them
     * @param order in which other statements lock these rows
     */
    GroupCommit(Function<List<Tuple>, Uni<RowSet<Row>>> transaction, Comparator<Tuple> order, Vertx vertx) {
        this.transaction = transaction;
        this.order = Comparator.comparing(Waiting::values, order);
        this.vertx = vertx;
    }

    /** Bounded by its caller's deadline, and fails, as {@link Postgres#execute} does. */
    public Uni<Void> execute(Tuple values) {
        return Uni.createFrom()
                .deferred(() -> Postgres.guarded(Uni.createFrom()
                        .<Void>emitter(caller -> add(new Waiting(values, caller, Postgres.end())))
                        .emitOn(CallersContext.of(vertx))));
    }

    private void add(Waiting waiting) {
        synchronized (this) {
            queue.add(waiting);
            if (underWay == TRANSACTIONS) {
                return;
            }
            underWay++;
        }
        executeNext();
    }

    private void executeNext() {
        List<Waiting> group = next();
        if (!group.isEmpty()) {
            execute(group).subscribe().with(ended -> executeNext());
        }
    }

    private synchronized List<Waiting> next() {
        var group = new ArrayList<Waiting>();
        while (group.size() < MOST && !queue.isEmpty()) {
            Waiting next = queue.remove();
            if (!next.isOver()) {
                group.add(next);
            }
        }
        if (group.isEmpty()) {
            underWay--;
        }
        group.sort(order);
        return group;
    }

    /** Does not fail. Wrong values fail their own caller alone. */
    private Uni<Void> execute(List<Waiting> group) {
        return Postgres.bounded(
                        transaction.apply(group.stream().map(Waiting::values).toList()))
                .replaceWithVoid()
                .invoke(() -> group.forEach(waiting -> waiting.caller.complete(null)))
                .onFailure(failure -> group.size() > 1 && DatabaseErrors.isOfValues(failure))
                .recoverWithUni(wrong -> oneByOne(group))
                .onFailure()
                .recoverWithItem(failure -> {
                    group.forEach(waiting -> waiting.caller.fail(failure));
                    return null;
                });
    }

    private Uni<Void> oneByOne(List<Waiting> group) {
        return Multi.createFrom()
                .iterable(group)
                .select()
                .where(waiting -> !waiting.isOver())
                .onItem()
                .transformToUniAndConcatenate(waiting -> execute(List.of(waiting)))
                .collect()
                .last();
    }
}
