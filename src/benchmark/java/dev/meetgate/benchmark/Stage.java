package dev.meetgate.benchmark;

import dev.meetgate.Api;
import dev.meetgate.Sandbox;
import dev.meetgate.benchmark.Subject.Call;
import dev.meetgate.packaged.Replica;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What stands around the measurements: a PostgreSQL and the sandbox in this JVM, a stub for GoTo's API as a process, and one user
 * who is connected.
 *
 * @param goTo runs the stub
 * @param direct the stub itself, called without anybody between
 * @param meetGates every artifact of MeetGate that is there
 */
record Stage(Replica goTo, Subject direct, Subject proxy, Optional<Subject> express, List<Subject> meetGates)
        implements AutoCloseable {

    static final String API_KEY = "Bearer demo-key";

    /** About as long as GoTo's. */
    private static final String ACCESS_TOKEN = "access.token".repeat(125);

    private static final Call CALL_OF_GOTO = new Call("/G2M/rest/upcomingMeetings", "Bearer " + ACCESS_TOKEN);

    static Stage set(Options options) throws IOException {
        Map<String, String> settings = Replica.surroundings();
        // More than is measured: a budget that makes calls wait is no part of what a call costs.
        settings.put("GOTO_REQUESTS_PER_SECOND", "100000");
        Sandbox.reset();
        Sandbox.set("tokenLifetimeSeconds", Duration.ofDays(1).toSeconds());
        var direct = new Subject("direct", java(GoToStub.class), Map.of(), CALL_OF_GOTO, false);
        Replica goTo = direct.start();
        var goToUrl = Map.of("GOTO_API_URL", "http://127.0.0.1:" + goTo.port());
        String user = Api.freshUser();
        List<Subject> meetGates = Artifacts.commands(options).entrySet().stream()
                .map(command -> new Subject(command.getKey(), command.getValue(), settings, meetings(user), true))
                .map(meetGate -> meetGate.with(goToUrl))
                .toList();
        if (meetGates.isEmpty()) {
            throw new IllegalStateException("there is nothing to measure: build MeetGate first");
        }
        connect(meetGates.get(0), user);
        return new Stage(
                goTo,
                direct,
                new Subject("proxy", java(Proxy.class), goToUrl, CALL_OF_GOTO, false),
                Express.installed(user, ACCESS_TOKEN).map(express -> express.with(goToUrl)),
                meetGates);
    }

    static Call meetings(String user) {
        return new Call("/v1/users/%s/meetings".formatted(user), API_KEY);
    }

    static void connect(Subject meetGate, String user) throws IOException {
        try (Replica replica = meetGate.start()) {
            ConnectWalk.walk(replica, user);
        }
    }

    /** The artifact that matters most. */
    Subject meetGate() {
        return meetGates.get(0);
    }

    /** All that stand between a caller and GoTo, MeetGate first. */
    List<Subject> gateways() {
        return Stream.of(meetGates.stream(), express.stream(), Stream.of(proxy))
                .flatMap(Function.identity())
                .toList();
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
        goTo.close();
    }
}
