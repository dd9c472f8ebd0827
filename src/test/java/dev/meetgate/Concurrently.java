package dev.meetgate;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Runs calls at the same time. Each has a new thread, because threads of the common pool do not see the
 * test's classes.
 */
public final class Concurrently {

    private Concurrently() {}

    public static <T> CompletableFuture<T> start(Supplier<T> call) {
        return CompletableFuture.supplyAsync(call, task -> new Thread(task).start());
    }

    /** Runs a call for each caller, counted from 0, and returns the results. */
    public static <T> List<T> run(int callers, IntFunction<T> call) {
        List<CompletableFuture<T>> answers = IntStream.range(0, callers)
                .mapToObj(caller -> start(() -> call.apply(caller)))
                .toList();
        return answers.stream().map(CompletableFuture::join).toList();
    }
}
