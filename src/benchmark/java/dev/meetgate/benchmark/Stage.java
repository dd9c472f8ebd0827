package dev.meetgate.benchmark;

import dev.meetgate.Api;
import dev.meetgate.Sandbox;
import dev.meetgate.benchmark.Subject.Call;
import dev.meetgate.packaged.Replica;
import io.restassured.RestAssured;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What stands around the measurements: a PostgreSQL and the sandbox in this JVM, the stub of GoTo as a process, and one user who
 * is connected.
 *
 * @param stub answers in GoTo's place under load
 * @param direct the stub itself, called without anybody between
 * @param meetGates every artifact of MeetGate, the most important first
 */
record Stage(Replica stub, Subject direct, Subject proxy, Optional<Subject> express, List<Subject> meetGates)
        implements AutoCloseable {

    static final String READY = "/q/health/ready";

    private static final String ACCESS_TOKEN = "benchmark.".repeat(150);
    private static final Call CALL_OF_GOTO = new Call("/G2M/rest/upcomingMeetings", "Bearer " + ACCESS_TOKEN);

    static Stage set(Options options) throws IOException {
        Map<String, List<String>> commands = Artifacts.commands(options);
        if (commands.isEmpty()) {
            throw new IllegalStateException("there is nothing to measure: build MeetGate first");
        }
        Map<String, String> sandbox = meetGateWithSandbox();
        prepareSandbox();
        var direct = new Subject("direct", java(GoToStub.class), Map.of(), CALL_OF_GOTO);
        Replica stub = direct.start();
        Map<String, String> goTo = Map.of("GOTO_API_URL", "http://127.0.0.1:" + stub.port());
        String user = connectedUser(commands.values().iterator().next(), sandbox);
        var call = new Call("/v1/users/%s/meetings".formatted(user), "Bearer demo-key");
        var meetGates = new ArrayList<Subject>();
        commands.forEach((name, command) -> meetGates.add(new Subject(name, command, with(sandbox, goTo), call)));
        return new Stage(
                stub,
                direct,
                new Subject("proxy", java(Proxy.class), goTo, CALL_OF_GOTO),
                Express.subject(call, user, ACCESS_TOKEN, goTo),
                meetGates);
    }

    /** MeetGate's settings with the sandbox as all of GoTo, and no budget to keep. */
    static Map<String, String> meetGateWithSandbox() {
        return with(Replica.surroundings(), Map.of("GOTO_REQUESTS_PER_SECOND", "1000000"));
    }

    static Map<String, String> with(Map<String, String> environment, Map<String, String> more) {
        var all = new TreeMap<>(environment);
        all.putAll(more);
        return all;
    }

    private static void prepareSandbox() {
        Sandbox.reset();
        Sandbox.set("tokenLifetimeSeconds", Duration.ofDays(1).toSeconds());
    }

    private static String connectedUser(List<String> command, Map<String, String> environment) throws IOException {
        try (Replica replica = Replica.launch(command, environment)) {
            FirstAnswer.await(replica, replica.managementPort(), new Call(READY, ""));
            RestAssured.port = replica.port();
            return Api.connectedUser();
        }
    }

    private static List<String> java(Class<?> main) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                main.getName());
    }

    @Override
    public void close() {
        stub.close();
    }
}
