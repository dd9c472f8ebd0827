package dev.meetgate.benchmark;

import dev.meetgate.packaged.Replica;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * One start, from before the process is there.
 *
 * @param call milliseconds until the first call was answered
 * @param ready milliseconds until it was, and MeetGate was ready too
 * @param megabytes resident then
 */
record StartUp(double call, double ready, double megabytes) {

    static final String FIRST_CALL = "start to the first call";

    static void measure(Stage stage, Options options, Report report) throws IOException {
        var subjects = new ArrayList<>(stage.meetGates());
        stage.express().ifPresent(subjects::add);
        of(subjects, options.starts()).forEach((subject, starts) -> {
            report.add(subject.name(), FIRST_CALL, "ms", Median.of(starts, StartUp::call));
            report.add(subject.name(), "start to the first call and ready", "ms", Median.of(starts, StartUp::ready));
            report.add(subject.name(), "memory after the first call", "MB", Median.of(starts, StartUp::megabytes));
        });
    }

    /**
     * Each in turn, so that what disturbs one disturbs all. The first start of each brings its files into memory and is not counted.
     */
    static Map<Subject, List<StartUp>> of(List<Subject> subjects, int times) throws IOException {
        var starts = new LinkedHashMap<Subject, List<StartUp>>();
        for (Subject subject : subjects) {
            of(subject);
            starts.put(subject, new ArrayList<>());
        }
        for (int round = 0; round < times; round++) {
            for (var subject : starts.entrySet()) {
                subject.getValue().add(of(subject.getKey()));
            }
        }
        return starts;
    }

    private static StartUp of(Subject subject) throws IOException {
        long begin = System.nanoTime();
        try (Replica replica = subject.launch()) {
            var ready = CompletableFuture.supplyAsync(() -> awaitReadiness(subject, replica));
            long call = subject.awaitCall(replica);
            return new StartUp(
                    (call - begin) / 1e6,
                    (Math.max(call, ready.join()) - begin) / 1e6,
                    Usage.residentMegabytes(replica.process()));
        }
    }

    private static long awaitReadiness(Subject subject, Replica replica) {
        try {
            return subject.isMeetGate() ? subject.awaitReadiness(replica) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
