package dev.meetgate.events;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeReceiverIT {

    @Test
    void takesSignedEventsAlone() throws Exception {
        // Finds the library beside it.
        Path file = Path.of("src/real-servers/oidc-provider/node_modules/receiver.mjs");

        try (var receiver = DocumentedReceiver.start("js", file, List.of("node", file.toString()))) {
            assertEquals(204, receiver.send(DocumentedReceiver.EVENT));
            assertEquals(400, receiver.send(DocumentedReceiver.EVENT + " "));
        }
    }
}
