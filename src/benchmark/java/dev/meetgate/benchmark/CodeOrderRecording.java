package dev.meetgate.benchmark;

import dev.meetgate.Api;
import dev.meetgate.Sandbox;
import dev.meetgate.packaged.Replica;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Records in which order a start and calls first come to the methods of the binary, for {@code dev.meetgate.image.CodeOrder}: in an
 * emulated processor (Debian's {@code qemu-user}), which logs each block of instructions when it first meets it. To be done again
 * when the build finds many fewer of the methods than are recorded, as after a new version of Quarkus or other inlining:
 *
 * <pre>{@code
 * ./mvnw package -Dnative -Dquarkus.native.additional-build-args-append=-H:+UnlockExperimentalVMOptions,-H:-DeleteLocalSymbols
 * ./mvnw test-compile exec:exec@code-order -Pbenchmark
 * }</pre>
 */
final class CodeOrderRecording {

    private static final Path ORDER = Path.of("src/main/native/dev/meetgate/image/code-order.txt");

    /** A name and a hash. */
    private static final Pattern JAVA_METHOD = Pattern.compile(".+_\\p{Alnum}{22}");

    /** Enough for some collections of garbage. */
    private static final int CALLS = 3_000;

    private record Code(String symbol, long end) {}

    private CodeOrderRecording() {}

    public static void main(String... arguments) throws IOException {
        Options options = Options.ofThisProcess();
        NavigableMap<Long, Code> methods = methods(options.nativeBinary());
        if (methods.isEmpty()) {
            throw new IllegalStateException(
                    "%s is no native binary with its symbols".formatted(options.nativeBinary()));
        }
        Path log = Files.createTempFile("code-order", ".log");
        try (Stage stage = Stage.set(options)) {
            run(emulated(stage.meetGate(), log));
            List<String> order = order(log, methods);
            if (order.isEmpty()) {
                throw new IllegalStateException("the binary does not run where its symbols say");
            }
            Files.write(ORDER, order);
            System.out.printf("%d methods, in %s%n", order.size(), ORDER);
        } finally {
            Files.delete(log);
        }
    }

    private static Subject emulated(Subject subject, Path log) {
        var emulator = List.of("qemu-" + architecture(), "-cpu", "max", "-d", "in_asm", "-D", log.toString());
        var command =
                Stream.concat(emulator.stream(), subject.command().stream()).toList();
        return new Subject(subject.name(), command, subject.environment(), subject.call(), true)
                .with(Map.of("GOTO_API_URL", Sandbox.url()));
    }

    private static String architecture() {
        return System.getProperty("os.arch").replace("amd64", "x86_64");
    }

    private static void run(Subject subject) throws IOException {
        try (Replica replica = subject.launch()) {
            subject.awaitCall(replica);
            subject.awaitReadiness(replica);
            IntStream.range(0, CALLS).parallel().forEach(i -> Http.get(replica.port(), subject.call())
                    .join());
            Sandbox.expireAccessTokens();
            Http.get(replica.port(), subject.call()).join();
            ConnectWalk.walk(replica, Api.freshUser());
        }
    }

    /** The binary's Java methods, by where they begin. */
    private static NavigableMap<Long, Code> methods(Path binary) {
        var methods = new TreeMap<Long, Code>();
        Usage.output("nm", "--defined-only", "--print-size", binary.toString())
                .lines()
                .map(line -> line.split(" "))
                .filter(symbol ->
                        symbol.length == 4 && JAVA_METHOD.matcher(symbol[3]).matches())
                .forEach(symbol -> methods.put(hex(symbol[0]), new Code(symbol[3], hex(symbol[0]) + hex(symbol[1]))));
        return methods;
    }

    private static List<String> order(Path log, NavigableMap<Long, Code> methods) throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.startsWith("0x"))
                    .map(line -> hex(line.substring(2, line.indexOf(':'))))
                    .map(address -> method(address, methods))
                    .flatMap(Optional::stream)
                    .distinct()
                    .toList();
        }
    }

    /** Nothing for what is in a library. */
    private static Optional<String> method(long address, NavigableMap<Long, Code> methods) {
        return Optional.ofNullable(methods.floorEntry(address))
                .map(Map.Entry::getValue)
                .filter(code -> address < code.end())
                .map(Code::symbol);
    }

    private static long hex(String digits) {
        return Long.parseUnsignedLong(digits, 16);
    }
}
