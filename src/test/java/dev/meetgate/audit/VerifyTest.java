package dev.meetgate.audit;

import static dev.meetgate.Api.asDemo;
import static dev.meetgate.Api.connectedUser;
import static dev.meetgate.Api.createdMeeting;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meetgate.Sandbox;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the programs of the page on a real export, which needs Node. */
@QuarkusTest
@Tag("thorough")
class VerifyTest {

    @TempDir
    Path folder;

    private record Result(int exit, String output) {}

    @ParameterizedTest
    @ValueSource(strings = {"js", "java"})
    void findsWhateverWasDoneToAnExport(String language) throws Exception {
        List<String> command = program(language);
        Sandbox.reset();
        String user = connectedUser();
        createdMeeting(user);
        asDemo().delete("/v1/users/{user}/connection", "Zoë \"|\\ 漢字\u2028😀");
        List<String> export = AuditTest.lines();
        int end = export.size() - 1;
        String newest = hash(export.get(end));

        assertEquals(summary(export), run(command, export, newest));
        List<String> withoutBeginning = export.subList(2, end + 1);
        assertEquals(summary(withoutBeginning), run(command, withoutBeginning, newest));

        var changed = new ArrayList<>(export);
        changed.set(end - 1, changed.get(end - 1).replace("\"outcome\":\"", "\"outcome\":\"un"));
        assertFinds("was changed", command, changed, newest);

        var ofAnother = new ArrayList<>(export);
        ofAnother.set(end, ofAnother.get(end).replace("\"user\":\"", "\"user\":\"x"));
        assertFinds("is of another user", command, ofAnother, newest);

        var appended = new ArrayList<>(export);
        appended.set(end, appended.get(end).replaceFirst("}$", ",\"outcome\":\"success\"}"));
        assertFinds("is ", command, appended, newest);

        var removed = new ArrayList<>(export);
        removed.remove(end - 1);
        assertFinds("does not follow", command, removed, newest);

        var inserted = new ArrayList<>(export);
        inserted.add(end, inserted.get(end));
        assertFinds("does not follow", command, inserted, newest);

        var moved = new ArrayList<>(export);
        Collections.swap(moved, end, end - 1);
        assertFinds("does not follow", command, moved, newest);

        assertFinds("is the last one", command, export.subList(0, end), newest);
        assertEquals(
                0,
                run(command, export.subList(0, end), hash(export.get(end - 1))).exit());
    }

    private static Result summary(List<String> export) {
        String first = export.get(0);
        String sums = "%d entries, the first one of %s with the previousHash %s, the last one with the hash %s";
        return new Result(
                0,
                sums.formatted(
                        export.size(),
                        first.replaceFirst(".*?\"time\":\"([^\"]*)\".*", "$1"),
                        AuditTest.field(first, "previousHash"),
                        hash(export.get(export.size() - 1))));
    }

    private void assertFinds(String what, List<String> command, List<String> lines, String newest) throws Exception {
        Result result = run(command, lines, newest);
        assertEquals(1, result.exit());
        assertTrue(result.output().contains(what), result.output());
    }

    /** The program of the page, which has at most 40 lines. */
    private List<String> program(String language) throws IOException {
        Matcher block = Pattern.compile("(?s)```" + language + "\n(.*?)```")
                .matcher(Files.readString(Path.of("src/docs/audit.md")));
        assertTrue(block.find());
        assertTrue(block.group(1).lines().count() <= 40);
        Path file = folder.resolve(language.equals("js") ? "verify.mjs" : "Verify.java");
        Files.writeString(file, block.group(1));
        return Stream.of(
                        language.equals("js")
                                ? "node"
                                : Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                        file.toString())
                .toList();
    }

    private Result run(List<String> command, List<String> lines, String newest) throws Exception {
        Path file = folder.resolve("audit.ndjson");
        Files.writeString(file, String.join("\n", lines) + "\n");
        Process process = new ProcessBuilder(Stream.concat(command.stream(), Stream.of(file.toString(), newest))
                        .toList())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        return new Result(process.waitFor(), output);
    }

    private static String hash(String line) {
        return line.replaceFirst(".*\"hash\":\"([0-9a-f]{64})\".*", "$1");
    }
}
