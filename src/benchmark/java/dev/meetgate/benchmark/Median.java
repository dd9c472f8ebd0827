package dev.meetgate.benchmark;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

final class Median {

    private Median() {}

    static <T> double of(List<T> measured, ToDoubleFunction<T> value) {
        double[] sorted = measured.stream().mapToDouble(value).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    /** Does the work so many times, one after the other. */
    static double millis(int times, Runnable work) {
        List<Long> nanos = IntStream.range(0, times)
                .mapToObj(i -> {
                    long begin = System.nanoTime();
                    work.run();
                    return System.nanoTime() - begin;
                })
                .toList();
        return of(nanos, Long::doubleValue) / 1e6;
    }
}
