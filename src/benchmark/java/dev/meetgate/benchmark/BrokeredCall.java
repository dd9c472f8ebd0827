package dev.meetgate.benchmark;

import dev.meetgate.packaged.Replica;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * A user's meetings: directly from the stub that stands for GoTo, through MeetGate, and through each yardstick. All of them run,
 * and get their load in turn, in slices, so that what disturbs one disturbs all.
 */
final class BrokeredCall implements AutoCloseable {

    static final String CPU_AT_FULL_LOAD = "CPU time a call at full load";
    static final String MEMORY = "memory after load";

    private static final int RATE = 500;
    private static final int SLICES = 4;

    private record Slice(Load.Outcome outcome, double cpuMicros) {}

    private record Slices(List<Slice> full, List<Slice> steady) {}

    private final Map<Subject, Replica> gateways = new LinkedHashMap<>();
    private final Map<Subject, Slices> measured = new LinkedHashMap<>();
    private final Options options;

    private BrokeredCall(Options options) {
        this.options = options;
    }

    static void measure(Stage stage, Options options, Report report) throws IOException {
        try (var chapter = new BrokeredCall(options)) {
            for (Subject gateway : stage.gateways()) {
                chapter.gateways.put(gateway, gateway.start());
            }
            chapter.compareAnswers();
            chapter.warmUp(stage.direct(), stage.goTo());
            chapter.gateways.forEach(chapter::warmUp);
            for (int slice = 0; slice < SLICES; slice++) {
                chapter.slice(stage.direct(), stage.goTo());
                chapter.gateways.forEach(chapter::slice);
            }
            chapter.report(report);
            for (var gateway : chapter.gateways.entrySet()) {
                double megabytes = Usage.residentMegabytes(gateway.getValue().process());
                report.add(gateway.getKey().name(), MEMORY, "MB", megabytes);
            }
        }
    }

    /** A yardstick that does less is none. The proxy has GoTo's own answer. */
    private void compareAnswers() {
        var answers = new HashSet<JsonObject>();
        gateways.forEach((gateway, replica) -> {
            if (!gateway.name().equals("proxy")) {
                answers.add(
                        new JsonObject(Http.get(replica.port(), gateway.call()).join()));
            }
        });
        if (answers.size() > 1) {
            throw new IllegalStateException("MeetGate and its yardstick do not answer the same: " + answers);
        }
    }

    private void warmUp(Subject subject, Replica replica) {
        subject.load(replica).atFullSpeed(options.warmUp());
        measured.put(subject, new Slices(new ArrayList<>(), new ArrayList<>()));
    }

    private void slice(Subject subject, Replica replica) {
        Load load = subject.load(replica);
        Duration duration = options.load().dividedBy(SLICES);
        Slices slices = measured.get(subject);
        slices.full().add(slice(replica, () -> load.atFullSpeed(duration)));
        slices.steady().add(slice(replica, () -> load.atRate(RATE, duration)));
    }

    private static Slice slice(Replica replica, Supplier<Load.Outcome> work) {
        Duration before = Usage.cpu(replica.process());
        Load.Outcome outcome = work.get();
        Duration used = Usage.cpu(replica.process()).minus(before);
        return new Slice(outcome, used.toNanos() / 1e3 / outcome.answers());
    }

    private void report(Report report) {
        add(report, CPU_AT_FULL_LOAD, "µs", slices -> Median.of(slices.full(), Slice::cpuMicros));
        add(
                report,
                "calls at full load",
                "/s",
                slices -> Median.of(slices.full(), slice -> slice.outcome().perSecond()));
        add(report, "CPU time a call at 500/s", "µs", slices -> Median.of(slices.steady(), Slice::cpuMicros));
        add(report, "p50 at 500/s", "ms", slices -> latency(slices, 50));
        add(report, "p99 at 500/s", "ms", slices -> latency(slices, 99));
        add(report, "p99.9 at 500/s", "ms", slices -> latency(slices, 99.9));
        double direct = latency(measured.values().iterator().next(), 99);
        add(report, "p99 at 500/s that it adds", "ms", slices -> latency(slices, 99) - direct);
    }

    private static double latency(Slices slices, double percentile) {
        return Median.of(slices.steady(), slice -> slice.outcome().millis(percentile));
    }

    private void add(Report report, String measure, String unit, ToDoubleFunction<Slices> value) {
        measured.forEach((subject, slices) -> report.add(subject.name(), measure, unit, value.applyAsDouble(slices)));
    }

    @Override
    public void close() {
        gateways.values().forEach(Replica::close);
    }
}
