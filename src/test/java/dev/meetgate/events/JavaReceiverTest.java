package dev.meetgate.events;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.standardwebhooks.Webhook;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaReceiverTest {

    @Test
    @Tag("thorough")
    void takesSignedEventsAlone(@TempDir Path folder) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Path library = Path.of(Webhook.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Path file = folder.resolve("Receiver.java");
        List<String> command = List.of(java, "-cp", library.toString(), file.toString());

        try (var receiver = DocumentedReceiver.start("java", file, command)) {
            assertEquals(204, receiver.send(DocumentedReceiver.EVENT));
            assertEquals(400, receiver.send(DocumentedReceiver.EVENT + " "));
        }
    }
}
