package dev.meetgate.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What a process has used of the machine. */
final class Usage {

    private Usage() {}

    /** User and system time together. It is counted in hundredths of a second: too coarse for less than a few thousand calls. */
    static Duration cpu(Process process) {
        return process.info().totalCpuDuration().orElseThrow();
    }

    /** The resident memory in MB (10^6 bytes). */
    static double residentMegabytes(Process process) throws IOException {
        Path status = Path.of("/proc/%d/status".formatted(process.pid()));
        String kilobytes = Files.exists(status)
                ? Files.readString(status).replaceFirst("(?s).*VmRSS:\\s*(\\d+) kB.*", "$1")
                : output("ps", "-o", "rss=", "-p", String.valueOf(process.pid()));
        return Long.parseLong(kilobytes.strip()) * 1024 / 1e6;
    }

    /** What a command prints, and nothing where there is no such command or it fails. */
    static String output(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? output.strip() : "";
        } catch (IOException noSuchCommand) {
            return "";
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
