package dev.meetgate.benchmark;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Where and when it was measured.
 *
 * @param loadAverage before anything was measured: what else the machine was busy with
 */
record Machine(
        int cores,
        String processor,
        String system,
        String jdk,
        String node,
        String date,
        String commit,
        double loadAverage) {

    private static final double BUSY = 0.5;

    static Machine here(Options options) throws IOException {
        var system = ManagementFactory.getOperatingSystemMXBean();
        return new Machine(
                system.getAvailableProcessors(),
                processorName(),
                system.getName() + " " + system.getArch(),
                Usage.output(options.jdk().resolve("bin/java").toString(), "--version")
                        .lines()
                        .findFirst()
                        .orElse(""),
                Usage.output("node", "--version"),
                LocalDate.now(ZoneOffset.UTC).toString(),
                Usage.output("git", "describe", "--always", "--dirty"),
                system.getSystemLoadAverage());
    }

    private static String processorName() throws IOException {
        Path information = Path.of("/proc/cpuinfo");
        return Files.exists(information)
                ? Files.readString(information).replaceFirst("(?s).*?model name\\s*: ([^\n]*).*", "$1")
                : Usage.output("sysctl", "-n", "machdep.cpu.brand_string");
    }

    boolean isBusy() {
        return loadAverage > BUSY * cores;
    }
}
