package dev.meetgate.packaged;

import static dev.meetgate.Api.asDemo;
import static dev.meetgate.Api.connectedUser;
import static dev.meetgate.Api.planning;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.meetgate.Await;
import dev.meetgate.Concurrently;
import dev.meetgate.Database;
import dev.meetgate.Sandbox;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** SIGTERM while callers go on opening connections, and while the entry of a caller who has left waits. */
@Tag("thorough")
class StopIT {

    private static final int CALLERS = 30;
    private static final int SLOW_MILLIS = 5_000;
    private static final int PATIENCE_MILLIS = 20_000;

    /** Less than the 20 s for which Quarkus waits. */
    private static final long LONGEST_STOP_SECONDS = 18;

    @BeforeEach
    void reset() {
        Sandbox.reset();
    }

    @Test
    void endsUnderASteadyLoadAfterTheRunningCalls() throws Exception {
        try (Replica stopping = Replica.start()) {
            RestAssured.port = stopping.port();
            String user = connectedUser();
            Queue<String> answers = new ConcurrentLinkedQueue<>();
            List<CompletableFuture<Void>> load = load(stopping, answers);
            Await.until(() -> answers.size() > 10 * CALLERS);
            Sandbox.fault("api", "SLOW", Map.of("delayMillis", SLOW_MILLIS));
            int before = Sandbox.requests("api");
            var slow = stopping.listMeetings(user);
            Await.until(() -> Sandbox.requests("api") > before);

            long asked = System.nanoTime();
            stopping.terminate();
            Await.until(() -> answers.stream().anyMatch(StopIT::isRefused));
            assertEquals(503, stopping.managementStatus("/q/health/ready"));
            assertEquals(200, slow.get());
            stopping.exitCode();

            long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - asked);
            assertTrue(seconds < LONGEST_STOP_SECONDS, seconds + " s");
            load.forEach(CompletableFuture::join);
            answers.removeIf(answer -> isRefused(answer) || answer.startsWith("HTTP/1.1 200 ") || answer.isEmpty());
            assertEquals(List.of(), List.copyOf(answers));
        }
    }

    @Test
    void servesUntilTheDelayIsOver() throws Exception {
        Map<String, String> settings = Replica.surroundings();
        settings.put("QUARKUS_SHUTDOWN_DELAY", "10s");
        try (Replica stopping = Replica.start(settings)) {
            stopping.terminate();
            Await.until(() -> !isReady(stopping));

            assertTrue(connections(stopping).startsWith("HTTP/1.1 200 "));
            stopping.exitCode();
        }
    }

    @Test
    void writesTheEntryOfACallerWhoHasLeft() throws Exception {
        try (Replica stopping = Replica.start()) {
            RestAssured.port = stopping.port();
            String user = connectedUser();
            try (var lock = Database.begin("lock table audit_entry in exclusive mode")) {
                asDemo().header("Request-Timeout", "1")
                        .contentType(ContentType.JSON)
                        .body(planning())
                        .post("/v1/users/{user}/meetings", user)
                        .then()
                        .statusCode(503);
                stopping.terminate();
                assertFalse(stopping.process().waitFor(2, TimeUnit.SECONDS), "it stops before the entry is written");
                lock.commit();
            }
            stopping.exitCode();
            String outcome =
                    "select outcome || ' ' || code from audit_entry where action = 'meeting.create' and user_id = '%s'";
            assertEquals("failed unavailable", Database.text(outcome.formatted(user)));
        }
    }

    private static boolean isReady(Replica replica) {
        try {
            return replica.managementStatus("/q/health/ready") == 200;
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    /** Each caller sends one request after the other, on new connections, until nobody listens. */
    private static List<CompletableFuture<Void>> load(Replica replica, Queue<String> answers) {
        return IntStream.range(0, CALLERS)
                .mapToObj(caller -> Concurrently.<Void>start(() -> {
                    while (replica.process().isAlive()) {
                        String answer = connections(replica);
                        answers.add(answer);
                        if (answer.isEmpty()) {
                            // The process that is about to stop needs the processor.
                            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
                        }
                    }
                    return null;
                }))
                .toList();
    }

    /** Returns nothing for a connection that nobody accepts. */
    private static String connections(Replica replica) {
        try (var socket = new Socket("localhost", replica.port())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream()
                    .write("GET /v1/connections HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer demo-key\r\n\r\n"
                            .getBytes(US_ASCII));
            byte[] bytes = new byte[4096];
            int read = socket.getInputStream().read(bytes);
            return new String(bytes, 0, Math.max(0, read), US_ASCII);
        } catch (IOException closed) {
            return "";
        }
    }

    private static boolean isRefused(String answer) {
        return answer.startsWith("HTTP/1.1 503 ")
                && answer.toLowerCase(Locale.ROOT).contains("\r\nconnection: close\r\n")
                && answer.contains("\"code\":\"unavailable\"");
    }
}
