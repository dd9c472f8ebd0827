package dev.meetgate.benchmark;

import dev.meetgate.packaged.Replica;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** A user's meetings: directly from the stub that stands for GoTo, through MeetGate, and through each yardstick. */
final class BrokeredCall {

    static final String CPU_AT_FULL_LOAD = "CPU time a call at full load";
    static final String MEMORY = "memory after load";

    private static final int RATE = 500;
    private static final List<Double> PERCENTILES = List.of(50.0, 99.0, 99.9);

    private final Options options;
    private final Report report;
    private final Set<JsonObject> answers = new HashSet<>();

    private BrokeredCall(Options options, Report report) {
        this.options = options;
        this.report = report;
    }

    static void measure(Stage stage, Options options, Report report) throws IOException {
        var chapter = new BrokeredCall(options, report);
        double directP99 = chapter.measure(stage.direct(), stage.goTo());
        var gateways = new ArrayList<>(stage.meetGates());
        stage.express().ifPresent(gateways::add);
        gateways.add(stage.proxy());
        for (Subject gateway : gateways) {
            chapter.measure(gateway, directP99);
        }
        if (chapter.answers.size() > 1) {
            throw new IllegalStateException("the yardstick does not answer what MeetGate answers: " + chapter.answers);
        }
    }

    private void measure(Subject gateway, double directP99) throws IOException {
        try (Replica replica = gateway.start()) {
            String answer = Http.get(replica.port(), gateway.call()).join();
            if (answer.startsWith("{")) {
                answers.add(new JsonObject(answer));
            }
            double p99 = measure(gateway, replica);
            report.add(gateway.name(), "p99 that it adds", "ms", p99 - directP99);
            report.add(gateway.name(), MEMORY, "MB", Usage.residentMegabytes(replica.process()));
        }
    }

    /** Answers with the p99 at the constant rate, in milliseconds. */
    private double measure(Subject subject, Replica replica) {
        Load load = subject.load(replica);
        load.atFullSpeed(options.warmUp());
        String name = subject.name();
        var full = withCpu(name, CPU_AT_FULL_LOAD, replica, () -> load.atFullSpeed(options.load()));
        report.add(name, "calls at full load", "/s", full.perSecond());
        var steady = withCpu(
                name, "CPU time a call at %d/s".formatted(RATE), replica, () -> load.atRate(RATE, options.load()));
        for (double percentile : PERCENTILES) {
            report.add(name, "p%s at %d/s".formatted(percentile, RATE), "ms", steady.millis(percentile));
        }
        return steady.millis(99);
    }

    private Load.Outcome withCpu(String name, String measure, Replica replica, Supplier<Load.Outcome> work) {
        Duration before = Usage.cpu(replica.process());
        Load.Outcome outcome = work.get();
        Duration used = Usage.cpu(replica.process()).minus(before);
        report.add(name, measure, "µs", used.toNanos() / 1e3 / outcome.answers());
        return outcome;
    }
}
