package dev.meetgate;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.restassured.RestAssured;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;

/** Sends malformed requests that HTTP clients refuse to send. */
public final class RawSocket {

    private static final int PATIENCE_MILLIS = 20_000;

    private RawSocket() {}

    /** Sends a request without a body to this target, unchanged, and returns the whole answer. */
    public static String send(String method, String target) {
        return send(method, target, "Authorization: Bearer demo-key");
    }

    /** Sends a request with these header fields, unchanged. */
    public static String send(String method, String target, String... fields) {
        return sendFrom("127.0.0.1", method, target, fields);
    }

    /** As {@link #send}, from this address of the loopback network. */
    public static String sendFrom(String from, String method, String target, String... fields) {
        String request = "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s\r\n\r\n"
                .formatted(method, target, String.join("\r\n", fields));
        return exchange(from, request);
    }

    /**
     * Sends these bytes from this address of the loopback network, and returns all answers until the service
     * closes.
     */
    public static String exchange(String from, String bytes) {
        try (var socket =
                new Socket(InetAddress.getByName("127.0.0.1"), RestAssured.port, InetAddress.getByName(from), 0)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
