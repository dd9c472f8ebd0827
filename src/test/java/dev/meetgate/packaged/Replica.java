package dev.meetgate.packaged;

import dev.meetgate.Api;
import dev.meetgate.local.LocalSurroundings;
import io.vertx.core.json.Json;
import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
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

/** A process of the packaged service. Its environment contains only the given settings. */
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

    /** Starts a replica with this JVM's PostgreSQL and sandbox and waits until it is ready. */
    static Replica start() throws IOException, InterruptedException {
        return start(surroundings());
    }

    /** Starts a replica with only these variables and system properties and waits until it is ready. */
    public static Replica start(Map<String, String> environment, String... properties)
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

    /** Starts a replica with only these environment variables and does not wait. */
    static Replica launch(Map<String, String> environment) throws IOException {
        return launch(command(), environment);
    }

    /** Starts a command that listens on the port in {@code PORT} and does not wait. */
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

    static List<String> command() {
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

    /** A port below those of outgoing connections, which could take it before the process listens. */
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

    /** Lists a user's meetings on these replicas with concurrent calls and returns the statuses. */
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

    /** Lists a user's meetings as this tenant, with a timeout in seconds. */
    CompletableFuture<HttpResponse<Void>> listMeetings(String user, String apiKey, double timeout) {
        var request = HttpRequest.newBuilder(
                        URI.create("http://localhost:%d/v1/users/%s/meetings".formatted(port, user)))
                .header("Authorization", "Bearer " + apiKey)
                .header("Request-Timeout", String.valueOf(timeout))
                .build();
        return HTTP.sendAsync(request, BodyHandlers.discarding());
    }

    void createMeeting(String user) {
        var request = HttpRequest.newBuilder(
                        URI.create("http://localhost:%d/v1/users/%s/meetings".formatted(port, user)))
                .header("Authorization", "Bearer demo-key")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(Json.encode(Api.planning())))
                .build();
        HTTP.sendAsync(request, BodyHandlers.discarding());
    }

    /** Returns the status, or 0 if the replica does not listen. */
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

    /** Sends SIGTERM. */
    void terminate() {
        process.destroy();
    }

    /** Sends SIGKILL and waits for the end of the process. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Waits for the end of the process and returns its exit code. */
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
