package dev.meetgate.benchmark;

import dev.meetgate.benchmark.Subject.Call;
import dev.meetgate.packaged.Replica;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Asks a process that is just starting, a thousand times a second, until it answers with 200. */
final class FirstAnswer {

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int PATIENCE_MILLIS = 120_000;

    private FirstAnswer() {}

    /** Answers with the {@link System#nanoTime()} of the first 200. */
    static long await(Replica replica, int port, Call call) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        while (!isOk(statusLine(port, call))) {
            if (System.nanoTime() > deadline || !replica.process().isAlive()) {
                throw new IllegalStateException("%s does not answer:%n%s".formatted(call.path(), replica.log()));
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return System.nanoTime();
    }

    private static boolean isOk(@Nullable String statusLine) {
        return statusLine != null && statusLine.startsWith("HTTP/1.1 200");
    }

    private static @Nullable String statusLine(int port, Call call) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            String request = "GET %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: %s\r\nConnection: close\r\n\r\n"
                    .formatted(call.path(), call.authorization());
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
        } catch (IOException notYet) {
            return null;
        }
    }
}
