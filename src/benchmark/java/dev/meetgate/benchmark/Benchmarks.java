package dev.meetgate.benchmark;

import java.io.IOException;
import java.util.Locale;

/** Runs the chapters that are wanted, prints one table, and writes {@code results.json} and {@code chart.svg}. */
final class Benchmarks {

    private Benchmarks() {}

    public static void main(String... arguments) throws IOException {
        Locale.setDefault(Locale.ROOT);
        Runtime.getRuntime().addShutdownHook(new Thread(Benchmarks::endChildren));
        Options options = Options.ofThisProcess();
        Machine machine = Machine.here(options);
        System.out.println(machine);
        if (machine.isBusy()) {
            System.out.println("!!! This machine is busy with something else. Believe no figure.");
        }
        var report = new Report();
        try (Stage stage = Stage.set(options)) {
            measure(stage, options, report);
        }
        System.out.printf("%n%s%n", report.table());
        report.write(machine, options);
        System.out.printf("%nThese figures, with a chart: %s%n", options.results());
    }

    private static void measure(Stage stage, Options options, Report report) throws IOException {
        if (options.wants("start")) {
            StartUp.measure(stage, options, report);
        }
        if (options.wants("call")) {
            BrokeredCall.measure(stage, options, report);
        }
        if (options.wants("storm")) {
            RefreshStorm.measure(stage, report);
        }
        if (options.wants("walk")) {
            ConnectWalk.measure(stage, report);
        }
    }

    private static void endChildren() {
        ProcessHandle.current().children().forEach(ProcessHandle::destroy);
    }
}
