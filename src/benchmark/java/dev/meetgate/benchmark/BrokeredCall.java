package dev.meetgate.benchmark;

import dev.meetgate.packaged.Replica;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.function.Supplier;

/** The meetings of a user, through MeetGate, through each yardstick, and directly from the stub that stands for GoTo. */
final class BrokeredCall {

    private static final int RATE = 500;

    private final Options options;
    private final Report report;
    private double directP99;

    private BrokeredCall(Options options, Report report) {
        this.options = options;
        this.report = report;
    }

    static void measure(Stage stage, Options options, Report report) throws IOException {
        var chapter = new BrokeredCall(options, report);
        chapter.measure(stage.direct(), stage.stub());
        var subjects = new ArrayList<>(stage.meetGates());
        stage.express().ifPresent(subjects::add);
        subjects.add(stage.proxy());
        for (Subject subject : subjects) {
            try (Replica replica = subject.start()) {
                chapter.measure(subject, replica);
                report.add(subject.name(), "memory after load", "MB", Usage.residentMegabytes(replica.process()));
            }
        }
    }

    private void measure(Subject subject, Replica replica) {
        Load load = subject.load(replica);
        load.atFullSpeed(options.warmUp());
        var atRate = withCpu(subject, replica, "at 500/s", () -> load.atRate(RATE, options.load()));
        for (double percentile : new double[] {50, 99, 99.9}) {
            add(
                    subject,
                    "latency at 500/s, p%s".formatted(percentile == 99.9 ? "99.9" : (int) percentile),
                    "ms",
                    atRate.millis(percentile));
        }
        if (directP99 == 0) {
            directP99 = atRate.millis(99);
        } else {
            add(subject, "added latency at 500/s, p99", "ms", atRate.millis(99) - directP99);
        }
        var full = withCpu(subject, replica, "at full load", () -> load.atFullSpeed(options.load()));
        add(subject, "calls at full load", "/s", full.perSecond());
    }

    private Load.Outcome withCpu(Subject subject, Replica replica, String when, Supplier<Load.Outcome> work) {
        Duration before = Usage.cpu(replica.process());
        Load.Outcome outcome = work.get();
        Duration used = Usage.cpu(replica.process()).minus(before);
        add(subject, "CPU time a call " + when, "µs", used.toNanos() / 1e3 / outcome.answers());
        return outcome;
    }

    private void add(Subject subject, String measure, String unit, double value) {
        report.add(subject.name(), measure, unit, value);
    }
}
