package dev.meetgate.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meetgate.Await;
import dev.meetgate.Database;
import dev.meetgate.reactive.Detached;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
class GroupCommitTest {

    @Inject
    Postgres postgres;

    @Inject
    Detached detached;

    @Inject
    Vertx vertx;

    private GroupCommit numbers;

    @BeforeEach
    void createTable() {
        Database.update("create table public.number (value integer primary key)");
        numbers = postgres.groupCommit(
                "insert into public.number values ($1)", Comparator.comparing(values -> values.getInteger(0)));
    }

    @AfterEach
    void dropTable() {
        Database.update("drop table public.number");
    }

    @Test
    void givesCallersWhoComeAtOnceFewTransactions() {
        join(executeAtOnce(IntStream.range(0, 300)));

        assertEquals(300, Database.count("public.number"));
        String transactions = Database.text("select count(distinct xmin::text) from public.number");
        assertTrue(Integer.parseInt(transactions) < 30, transactions + " transactions");
    }

    @Test
    void failsTheCallerOfAWrongValueAlone() {
        Database.update("insert into public.number values (20)");

        List<CompletableFuture<Void>> written = executeAtOnce(IntStream.range(0, 40));

        CompletableFuture.allOf(written.toArray(CompletableFuture[]::new))
                .exceptionally(any -> null)
                .join();
        for (int value = 0; value < written.size(); value++) {
            assertEquals(value == 20, written.get(value).isCompletedExceptionally(), "the caller of " + value);
        }
        assertEquals(40, Database.count("public.number"));
    }

    @Test
    void goesOnAfterFailures() {
        Database.update("drop table public.number");
        executeAtOnce(IntStream.range(0, 40))
                .forEach(failed -> failed.exceptionally(any -> null).join());
        Database.update("create table public.number (value integer)");

        join(executeAtOnce(IntStream.range(0, 40)));

        assertEquals(40, Database.count("public.number"));
    }

    @Test
    void locksRowsInTheirOrder() throws SQLException {
        Database.update("insert into public.number select generate_series(1, 20)");
        GroupCommit changes = postgres.groupCommit(
                "update public.number set value = value where value = $1",
                Comparator.comparing(values -> values.getInteger(0)));
        try (var lock = Database.begin("update public.number set value = value where value in (19, 20)")) {
            List<CompletableFuture<Void>> written = new ArrayList<>();
            for (int value = 20; value >= 1; value--) {
                written.add(changes.execute(Tuple.of(value)).subscribeAsCompletionStage());
                // The first two callers wait for the lock, each in a transaction of its own.
                int transactions = Math.min(21 - value, 2);
                Await.until(() -> waitingForLocks() == transactions);
            }
            try (var other = Database.begin("update public.number set value = value where value = 1")) {
                lock.commit();
                Await.until(() -> waitingForLocks() == 1);
                other.createStatement().executeUpdate("update public.number set value = value where value = 18");
                other.commit();
            }
            join(written);
        }
    }

    @Test
    void beginsNoTransactionBesideAFastOne() {
        var sizes = new CopyOnWriteArrayList<Integer>();
        var release = new CompletableFuture<RowSet<Row>>();
        var slow = grouped(values -> {
            sizes.add(values.size());
            return Uni.createFrom().completionStage(release);
        });

        var first = slow.execute(Tuple.of(0)).subscribeAsCompletionStage();
        Await.until(() -> sizes.size() == 1);
        List<CompletableFuture<Void>> others = IntStream.range(1, 4)
                .mapToObj(value -> slow.execute(Tuple.of(value)).subscribeAsCompletionStage())
                .toList();
        release.complete(null);

        first.join();
        join(others);
        assertEquals(List.of(1, 3), sizes);
    }

    @Test
    void leavesNobodyBehindATransactionThatHangs() {
        var hangs = new AtomicBoolean(true);
        var executed = new AtomicInteger();
        var allWait = new CompletableFuture<RowSet<Row>>();
        var unlucky = grouped(values -> {
            executed.addAndGet(values.size());
            return values.size() == 100 && hangs.getAndSet(false)
                    ? Uni.createFrom().nothing()
                    : Uni.createFrom().completionStage(allWait);
        });

        IntStream.range(0, 350)
                .forEach(value -> unlucky.execute(Tuple.of(value)).subscribe().with(end -> {}, failure -> {}));
        allWait.complete(null);

        Await.until(() -> executed.get() == 350);
        assertFalse(hangs.get());
    }

    @Test
    void endsTheSecondTransactionOnceNobodyIsLate() {
        var begunAt = new CopyOnWriteArrayList<Long>();
        var group = new AtomicReference<GroupCommit>();
        group.set(grouped(values -> {
            begunAt.add(System.nanoTime());
            if (begunAt.size() == 2) {
                group.get().execute(Tuple.of(2)).subscribe().with(end -> {});
            }
            return begunAt.size() == 1
                    ? Uni.createFrom().nothing()
                    : Uni.createFrom().nullItem();
        }));

        group.get().execute(Tuple.of(0)).subscribe().with(end -> {}, failure -> {});
        Await.until(() -> begunAt.size() == 1);
        group.get().execute(Tuple.of(1)).subscribe().with(end -> {});

        Await.until(() -> begunAt.size() == 3);
        assertTrue(begunAt.get(2) - begunAt.get(1) >= TimeUnit.MILLISECONDS.toNanos(100));
    }

    @Test
    @Tag("thorough")
    void executesNothingForCallersWhoseTimeIsOver() {
        var executed = new AtomicInteger();
        var silent = grouped(values -> {
            executed.addAndGet(values.size());
            return Uni.createFrom().nothing();
        });
        for (int transactions = 1; transactions <= 2; transactions++) {
            int begun = transactions;
            silent.execute(Tuple.of(0)).subscribeAsCompletionStage();
            Await.until(() -> executed.get() == begun);
        }

        List<CompletableFuture<Void>> callers = IntStream.range(0, 10)
                .mapToObj(value -> silent.execute(Tuple.of(value)).subscribeAsCompletionStage())
                .toList();

        callers.forEach(caller -> assertThrows(CompletionException.class, caller::join));
        assertEquals(2, executed.get());
    }

    private GroupCommit grouped(Function<List<Tuple>, Uni<RowSet<Row>>> transaction) {
        return new GroupCommit(transaction, Comparator.comparing(values -> values.getInteger(0)), detached, vertx);
    }

    private static long waitingForLocks() {
        return Database.count("pg_stat_activity where wait_event_type = 'Lock' and query like '%public.number%'");
    }

    private List<CompletableFuture<Void>> executeAtOnce(IntStream values) {
        Stream<Uni<Void>> callers = values.mapToObj(value -> numbers.execute(Tuple.of(value)));
        return callers.map(Uni::subscribeAsCompletionStage).toList();
    }

    private static void join(List<CompletableFuture<Void>> all) {
        all.forEach(CompletableFuture::join);
    }
}
