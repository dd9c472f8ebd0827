package dev.meetgate.benchmark;

import dev.meetgate.Api;
import dev.meetgate.packaged.Replica;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Records the order in which the methods of the binary run, for {@code CodeOrder}: list calls first, then a
 * start and a user's consent. The binary runs in an emulated processor (Debian's {@code valgrind}), which
 * logs each block of instructions. What is rarer, such as a refresh, stays in the order of names.
 * {@code src/native/README.md} says when and how to record.
 *
 * <ol>
 *   <li>Only the thread that reads the log touches what it collects, until it is joined.
 *   <li>It lags behind what runs, by what fits between the two; the first calls are more than that.
 *   <li>{@code areCallsOnly} turns between two calls.
 * </ol>
 */
final class CodeOrderRecording {

    private static final Path ORDER = Path.of("src/native/resources/dev/meetgate/image/code-order.txt");

    /** So few that garbage is collected within the calls. */
    private static final String YOUNG_OBJECTS = "-Xmn4m";

    /** What a first call alone runs is no part of a call. */
    private static final int FIRST_CALLS = 100;

    private static final int CALLS = 100;
    private static final String BLOCK = "SB ";
    private static final int BLOCK_LENGTH = "SB 00000000".length();

    private final Set<Long> all = new LinkedHashSet<>();
    private final Set<Long> ofCalls = new LinkedHashSet<>();
    private volatile boolean areCallsOnly;

    private CodeOrderRecording() {}

    public static void main(String... arguments) throws IOException {
        Options options = Options.ofThisProcess();
        JavaMethods methods = JavaMethods.of(options.nativeBinary());
        var recording = new CodeOrderRecording();
        try (Stage stage = Stage.set(options)) {
            recording.record(stage.meetGate());
        }
        List<String> order = recording.order(methods);
        if (order.isEmpty()) {
            throw new IllegalStateException("the binary does not run where its symbols say");
        }
        Files.write(ORDER, order);
        System.out.printf("%d methods, in %s%n", order.size(), ORDER);
    }

    private void record(Subject subject) throws IOException {
        Path log = pipe();
        try (Replica replica = emulated(subject, log).launch()) {
            var reading = reading(log);
            subject.awaitCall(replica);
            subject.awaitReadiness(replica);
            walk(replica);
            call(subject, replica, FIRST_CALLS);
            areCallsOnly = true;
            call(subject, replica, CALLS);
            areCallsOnly = false;
            if (reading.isDone()) {
                reading.join();
                throw new IllegalStateException("the log has ended before the calls:\n" + replica.log());
            }
            replica.process().destroyForcibly();
            reading.join();
        } finally {
            Files.deleteIfExists(log);
            Files.delete(log.getParent());
        }
    }

    /** A named pipe, because each block is a write. A socket is so slow that the login at the database fails. */
    private static Path pipe() throws IOException {
        Path pipe = Files.createTempDirectory("code-order").resolve("log");
        Process made = new ProcessBuilder("mkfifo", pipe.toString()).inheritIO().start();
        if (made.onExit().join().exitValue() != 0) {
            throw new IOException("mkfifo has made no pipe for the log");
        }
        return pipe;
    }

    /** On a thread of its own: the walk needs that of the pool, which may have one alone. */
    private CompletableFuture<Void> reading(Path log) {
        return CompletableFuture.runAsync(() -> read(log), task -> {
            var thread = new Thread(task);
            thread.setDaemon(true);
            thread.start();
        });
    }

    /** An emulated first walk can take longer than MeetGate waits for its database. */
    private static void walk(Replica replica) {
        try {
            ConnectWalk.walk(replica, Api.freshUser());
        } catch (IllegalStateException late) {
            ConnectWalk.walk(replica, Api.freshUser());
        }
    }

    private static Subject emulated(Subject subject, Path log) {
        var emulator = Stream.of(
                "valgrind",
                "--tool=lackey",
                "--basic-counts=no",
                "--trace-superblocks=yes",
                // Or a block goes on into what it calls, which then is not in the log.
                "--vex-guest-chase=no",
                "--log-file=" + log);
        var command = Stream.of(emulator, subject.command().stream(), Stream.of(YOUNG_OBJECTS))
                .flatMap(Function.identity())
                .toList();
        return new Subject(subject.name(), command, subject.environment(), subject.call(), true);
    }

    private static void call(Subject subject, Replica replica, int times) {
        for (int i = 0; i < times; i++) {
            Http.get(replica.port(), subject.call()).join();
        }
    }

    /** Until the process ends, whose last line may be cut. */
    private void read(Path log) {
        try (var lines = Files.newBufferedReader(log, StandardCharsets.US_ASCII)) {
            lines.lines()
                    .filter(line -> line.startsWith(BLOCK) && line.length() >= BLOCK_LENGTH)
                    .map(line -> Long.parseUnsignedLong(line, BLOCK.length(), line.length(), 16))
                    .forEach(this::collect);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void collect(long address) {
        all.add(address);
        if (areCallsOnly) {
            ofCalls.add(address);
        }
    }

    private List<String> order(JavaMethods methods) {
        return Stream.of(ofCalls, all)
                .flatMap(Set::stream)
                .map(methods::at)
                .flatMap(Optional::stream)
                .distinct()
                .toList();
    }
}
