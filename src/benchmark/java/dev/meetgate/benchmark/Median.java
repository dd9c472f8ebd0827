package dev.meetgate.benchmark;

import java.util.List;
import java.util.function.ToDoubleFunction;

final class Median {

    private Median() {}

    static <T> double of(List<T> measured, ToDoubleFunction<T> value) {
        double[] sorted = measured.stream().mapToDouble(value).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}
