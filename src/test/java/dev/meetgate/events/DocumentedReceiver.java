package dev.meetgate.events;

import dev.meetgate.Await;
import dev.meetgate.packaged.Replica;
import dev.meetgate.secret.Secret;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/** A receiver as the documentation shows it, as a process. Gets events signed as MeetGate signs them. */
final class DocumentedReceiver implements AutoCloseable {

    private static final Secret SECRET = Secret.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwAAECAwQFBgc=");

    static final String EVENT = """
            {"specversion": "1.0", "id": "evt_1", "type": "dev.meetgate.connection.reconnect_required", "subject": "jürgen"}""";

    private final Process process;
    private final int port;

    private DocumentedReceiver(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Writes the block in this language to a file and runs it. */
    static DocumentedReceiver start(String language, Path file, List<String> command) throws IOException {
        var block = Pattern.compile("(?s)```%s\n(.*?)```".formatted(language))
                .matcher(Files.readString(Path.of("src/docs/events.md")));
        if (!block.find()) {
            throw new AssertionError("no block in " + language);
        }
        Files.writeString(file, block.group(1));
        int port = Replica.freePort();
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PORT", String.valueOf(port));
        builder.environment().put("WEBHOOK_SECRET", SECRET.reveal());
        var receiver = new DocumentedReceiver(builder.start(), port);
        Await.until(receiver::listens);
        return receiver;
    }

    private boolean listens() {
        try (var socket = new Socket("localhost", port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Sends a signed event, or another body with its signature. Returns the status. */
    int send(String body) throws IOException, InterruptedException {
        String now = String.valueOf(Instant.now().getEpochSecond());
        var old = Secret.of("whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oDAAECAwQFBgc=");
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/events"))
                .header("webhook-id", "evt_1")
                .header("webhook-timestamp", now)
                .header("webhook-signature", Signature.of("evt_1", now, EVENT, List.of(old, SECRET)))
                .POST(BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
