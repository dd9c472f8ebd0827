package dev.meetgate.attack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;

/** Runs calls at the same time, each on a thread of its own. */
final class AtOnce {

    @FunctionalInterface
    interface Call<T> {
        T make(int number) throws IOException;
    }

    private AtOnce() {}

    static <T> List<T> run(int calls, Call<T> call) throws IOException {
        List<CompletableFuture<T>> answers = IntStream.range(0, calls)
                .mapToObj(number ->
                        CompletableFuture.supplyAsync(() -> made(call, number), task -> new Thread(task).start()))
                .toList();
        try {
            return answers.stream().map(CompletableFuture::join).toList();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof AssertionError wrong) {
                throw wrong;
            }
            throw new IOException(failed.getCause());
        }
    }

    private static <T> T made(Call<T> call, int number) {
        try {
            return call.make(number);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
