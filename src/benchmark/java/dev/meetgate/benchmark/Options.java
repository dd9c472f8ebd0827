package dev.meetgate.benchmark;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How long and of what to measure, from system properties: {@code benchmark.short} for a tenth of the time, and each by its name.
 *
 * @param starts of each artifact
 * @param warmUp at full load, before each measurement under load
 * @param load how long each measurement under load takes
 * @param chapters which to run; all, where none is named
 * @param results the folder for {@code results.json} and {@code chart.svg}; {@code src/benchmark/results} has those of a whole run on a quiet
 *     machine
 * @param nativeBinary the native executable
 * @param jar the {@code quarkus-run.jar}
 * @param jdk what runs the jar
 */
record Options(
        int starts,
        Duration warmUp,
        Duration load,
        Set<String> chapters,
        Path results,
        Path nativeBinary,
        Path jar,
        Path jdk) {

    static Options ofThisProcess() {
        boolean brief = Boolean.getBoolean("benchmark.short");
        return new Options(
                Integer.getInteger("benchmark.starts", brief ? 3 : 10),
                Duration.ofSeconds(Integer.getInteger("benchmark.warm-up", brief ? 4 : 20)),
                Duration.ofSeconds(Integer.getInteger("benchmark.load", brief ? 6 : 20)),
                Stream.of(System.getProperty("benchmark.only", "").split(","))
                        .filter(Predicate.not(String::isBlank))
                        .collect(Collectors.toSet()),
                path("benchmark.results", "target/benchmark"),
                path("benchmark.native", "target/meetgate-0.1.0-SNAPSHOT-runner"),
                path("benchmark.jar", "target/quarkus-app/quarkus-run.jar"),
                path("benchmark.jdk", System.getProperty("java.home")));
    }

    boolean wants(String chapter) {
        return chapters.isEmpty() || chapters.contains(chapter);
    }

    private static Path path(String name, String otherwise) {
        return Path.of(System.getProperty(name, otherwise)).toAbsolutePath();
    }
}
