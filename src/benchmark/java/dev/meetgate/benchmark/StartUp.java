package dev.meetgate.benchmark;

import dev.meetgate.benchmark.Subject.Call;
import dev.meetgate.packaged.Replica;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** From the start of the process to the first answers, each subject in turn, so that what disturbs one disturbs all. */
final class StartUp {

    private static final Call READINESS = new Call(Stage.READY, "");

    /** One start: when the call was answered, when both the call and readiness were, and the memory then. */
    private record Start(double call, double ready, double megabytes) {}

    private final Map<Subject, List<Start>> starts = new LinkedHashMap<>();

    /** The first start of each is not counted: it brings the files into memory. */
    static void measure(Stage stage, Options options, Report report) throws IOException {
        var startUp = new StartUp();
        var subjects = new ArrayList<>(stage.meetGates());
        stage.express().ifPresent(subjects::add);
        for (int round = 0; round <= options.starts(); round++) {
            for (Subject subject : subjects) {
                Start start = start(subject, stage.meetGates().contains(subject));
                if (round > 0) {
                    startUp.starts
                            .computeIfAbsent(subject, any -> new ArrayList<>())
                            .add(start);
                }
            }
        }
        startUp.starts.forEach((subject, measured) -> {
            report.add(subject.name(), "start to first call", "ms", Median.of(measured, Start::call));
            report.add(subject.name(), "start to first call and readiness", "ms", Median.of(measured, Start::ready));
            report.add(subject.name(), "memory after the first call", "MB", Median.of(measured, Start::megabytes));
        });
    }

    private static Start start(Subject subject, boolean hasReadiness) throws IOException {
        long begin = System.nanoTime();
        try (Replica replica = subject.launch()) {
            var readiness = CompletableFuture.supplyAsync(
                    () -> hasReadiness ? firstAnswer(replica, replica.managementPort(), READINESS) : begin);
            long call = firstAnswer(replica, replica.port(), subject.call());
            long ready = Math.max(call, readiness.join());
            return new Start((call - begin) / 1e6, (ready - begin) / 1e6, Usage.residentMegabytes(replica.process()));
        }
    }

    private static long firstAnswer(Replica replica, int port, Call call) {
        try {
            return FirstAnswer.await(replica, port, call);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
