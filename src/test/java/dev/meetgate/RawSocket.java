package dev.meetgate;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.restassured.RestAssured;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;

/** Sends malformed requests that HTTP clients refuse to send. */
public final class RawSocket {

    private RawSocket() {}

    /** Sends a request without a body to this target, unchanged, and returns the whole answer. */
    public static String send(String method, String target) {
        return send(method, target, "Authorization: Bearer demo-key");
    }

    /** Sends a request with these header fields, unchanged. */
    public static String send(String method, String target, String... fields) {
        String request = "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s\r\n\r\n"
                .formatted(method, target, String.join("\r\n", fields));
        try (var socket = new Socket("localhost", RestAssured.port)) {
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
