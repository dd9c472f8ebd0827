package dev.meetgate.packaged;

import dev.meetgate.local.LocalSurroundings;
import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A process of the packaged service, with nothing in its environment but the settings it is given. */
public final class Replica implements AutoCloseable {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final long PATIENCE_SECONDS = 40;
    private static final AtomicInteger NEXT_PORT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(12_000, 28_000));

    private final Process process;
    private final Path log;
    private final int port;
    private final int managementPort;

    private Replica(Process process, Path log, int port, int managementPort) {
        this.process = process;
        this.log = log;
        this.port = port;
        this.managementPort = managementPort;
    }

    /** Starts one in the surroundings of this JVM and waits until it is ready. */
    static Replica start() throws IOException, InterruptedException {
        return start(surroundings());
    }

    /** Starts one with these environment variables and system properties alone and waits until it is ready. */
    static Replica start(Map<String, String> environment, String... properties)
            throws IOException, InterruptedException {
        List<String> command = command();
        command.addAll(1, List.of(properties));
        Replica replica = launch(command, environment);
        replica.awaitReadiness();
        return replica;
    }

    void awaitReadiness() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!isReady()) {
            if (System.nanoTime() > deadline || !process.isAlive()) {
                throw new AssertionError("the replica does not become ready:\n" + log());
            }
            process.waitFor(50, TimeUnit.MILLISECONDS);
        }
    }

    /** Starts one with these environment variables alone and waits for nothing. */
    static Replica launch(Map<String, String> environment) throws IOException {
        return launch(command(), environment);
    }

    /** Starts this command, which listens where {@code PORT} says, and waits for nothing. */
    public static Replica launch(List<String> command, Map<String, String> environment) throws IOException {
        int port = freePort();
        int managementPort = freePort();
        Path log = Files.createTempFile("meetgate-replica", ".log");
        log.toFile().deleteOnExit();
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().put("PORT", String.valueOf(port));
        builder.environment().put("QUARKUS_MANAGEMENT_PORT", String.valueOf(managementPort));
        return new Replica(builder.start(), log, port, managementPort);
    }

    /** The settings of this JVM's PostgreSQL, sandbox and tenants, as environment variables. */
    public static Map<String, String> surroundings() {
        var environment = new TreeMap<String, String>();
        LocalSurroundings.settings()
                .forEach((name, value) ->
                        environment.put(name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_"), value));
        return environment;
    }

    private static List<String> command() {
        Path target = Path.of("target");
        Path binary = target.resolve(System.getProperty("native.image.path", "none"));
        var command = new ArrayList<String>();
        if (Files.isExecutable(binary)) {
            command.add(binary.toString());
        } else {
            command.addAll(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-jar",
                    target.resolve("quarkus-app/quarkus-run.jar").toString()));
        }
        return command;
    }

    /** From below the ports of outgoing connections: one of these could take it before the process listens. */
    public static int freePort() throws IOException {
        BindException taken = new BindException("no port was tried");
        for (int tries = 0; tries < 100; tries++) {
            try (var socket = new ServerSocket(NEXT_PORT.getAndIncrement())) {
                return socket.getLocalPort();
            } catch (BindException e) {
                taken = e;
            }
        }
        throw taken;
    }

    public int port() {
        return port;
    }

    public int managementPort() {
        return managementPort;
    }

    public Process process() {
        return process;
    }

    /** Lists a user's meetings over these replicas, this often at the same time, and answers with the statuses. */
    static List<Integer> listMeetings(String user, int calls, Replica... replicas) {
        var answers = new ArrayList<CompletableFuture<Integer>>();
        for (int call = 0; call < calls; call++) {
            answers.add(replicas[call % replicas.length].listMeetings(user));
        }
        return answers.stream().map(CompletableFuture::join).toList();
    }

    CompletableFuture<Integer> listMeetings(String user) {
        return listMeetings(user, "demo-key", 60).thenApply(HttpResponse::statusCode);
    }

    /** For a tenant who waits so many seconds. */
    CompletableFuture<HttpResponse<Void>> listMeetings(String user, String apiKey, int timeout) {
        var request = HttpRequest.newBuilder(
                        URI.create("http://localhost:%d/v1/users/%s/meetings".formatted(port, user)))
                .header("Authorization", "Bearer " + apiKey)
                .header("Request-Timeout", String.valueOf(timeout))
                .build();
        return HTTP.sendAsync(request, BodyHandlers.discarding());
    }

    /** Answers with the status, or with 0 where nobody listens. */
    int managementStatus(String path) throws InterruptedException {
        var uri = URI.create("http://localhost:" + managementPort + path);
        try {
            return HTTP.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException nobodyListens) {
            return 0;
        }
    }

    private boolean isReady() throws InterruptedException {
        return managementStatus("/q/health/ready") == 200;
    }

    public String log() throws IOException {
        return Files.readString(log);
    }

    /** Asks the process to end, as SIGTERM does. */
    void terminate() {
        process.destroy();
    }

    /** Ends the process as {@code kill -9} does, and waits until it is gone. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Waits for the end of the process and answers with its exit code. */
    int exitCode() throws IOException, InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("the replica does not end:\n" + log());
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
