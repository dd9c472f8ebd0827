package dev.meetgate.benchmark;

import java.io.IOException;

/** Runs the chapters that are wanted, prints one table, and writes {@code results.json} and {@code chart.svg}. */
final class Benchmarks {

    private Benchmarks() {}

    public static void main(String... arguments) throws IOException {
        Options options = Options.ofThisProcess();
        var report = new Report();
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(() -> ProcessHandle.current().children().forEach(ProcessHandle::destroy)));
        try (Stage stage = Stage.set(options)) {
            if (options.wants("start-up")) {
                StartUp.measure(stage, options, report);
            }
            if (options.wants("call")) {
                BrokeredCall.measure(stage, options, report);
            }
        }
        System.out.println(report.table());
        // What the embedded servers leave running ends with the JVM.
        System.exit(0);
    }
}
