package dev.meetgate.benchmark;

import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The hot pieces by themselves, on this JVM, by JMH. */
final class MicroBenchmarks {

    private MicroBenchmarks() {}

    static void measure(Options options, Report report) {
        int rounds = options.brief() ? 1 : 5;
        var jmh = new OptionsBuilder()
                .include("dev\\.meetgate\\..*Benchmark\\.")
                .forks(1)
                .warmupIterations(rounds)
                .warmupTime(TimeValue.seconds(2))
                .measurementIterations(rounds)
                .measurementTime(TimeValue.seconds(2))
                .verbosity(VerboseMode.SILENT)
                .build();
        try {
            new Runner(jmh)
                    .run()
                    .forEach(result -> report.add(
                            "JVM", name(result), "µs", result.getPrimaryResult().getScore()));
        } catch (RunnerException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As {@code SealerBenchmark.open}. */
    private static String name(RunResult result) {
        String[] words = result.getParams().getBenchmark().split("\\.");
        return words[words.length - 2] + "." + words[words.length - 1];
    }
}
