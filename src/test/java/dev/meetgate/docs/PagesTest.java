package dev.meetgate.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meetgate.Api;
import dev.meetgate.Browser;
import dev.meetgate.Sandbox;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the commands of the pages as they are pasted into a shell, in order. They need curl. */
@QuarkusTest
class PagesTest {

    private static final String README = "README.md";
    private static final String API = "src/docs/api.md";
    private static final String SEPARATOR = "\f";

    @TempDir
    Path home;

    @TempDir
    Path folder;

    static Stream<String> shells() {
        var folders = List.of(System.getenv("PATH").split(File.pathSeparator));
        return Stream.of("bash", "zsh")
                .filter(shell -> folders.stream().anyMatch(folder -> Files.isExecutable(Path.of(folder, shell))));
    }

    @ParameterizedTest
    @MethodSource("shells")
    void readmeShowsTheAnswersOfItsCommands(String shell) throws Exception {
        Sandbox.reset();
        Api.asDemo().delete("/v1/users/alice/connection");
        Api.walk(new Browser(), Api.connectLink("alice"));

        assertAnswers(Page.read(README), shell);
    }

    @ParameterizedTest
    @MethodSource("shells")
    @Tag("thorough")
    void theApiByExampleShowsTheAnswersOfItsCommands(String shell) throws Exception {
        Sandbox.reset();
        Sandbox.set("consent", "ASK");
        Api.asDemo().delete("/v1/users/bob/connection");

        assertAnswers(Page.read(API), shell);
    }

    /** Interactive shells differ in what they make of one: zsh takes it for arguments. */
    @Test
    void commandsHaveNoComments() {
        for (String file : List.of(README, API)) {
            for (Page.Command command : Page.read(file).commands()) {
                assertFalse(command.text().contains("#"), file + ":" + command.line());
            }
        }
    }

    private void assertAnswers(Page page, String shell) throws Exception {
        assertFalse(page.commands().isEmpty());
        String[] answers = output(shell, page.script(SEPARATOR)).split(SEPARATOR, -1);
        for (int i = 0; i < page.commands().size(); i++) {
            Page.Command command = page.commands().get(i);
            String answer = i < answers.length ? answers[i] : "nothing";
            assertTrue(command.isAnsweredBy(answer), () -> "%s:%d in %s: %s is answered by%n%s"
                    .formatted(page.file(), command.line(), shell, command.text(), answer));
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(), left.toList(), "left behind");
        }
    }

    /** The shell thinks that it is in dev mode: curl goes to the test's port for port 8080. */
    private String output(String shell, String script) throws IOException, InterruptedException {
        Files.writeString(
                home.resolve(".curlrc"),
                "connect-to = \"localhost:8080:localhost:%d\"%nnoproxy = \"*\"%n".formatted(RestAssured.port));
        var builder = new ProcessBuilder(shell, "-c", script)
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.environment().put("CURL_HOME", home.toString());
        builder.environment().put("TMPDIR", folder.toString());
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        process.waitFor();
        return output;
    }
}
