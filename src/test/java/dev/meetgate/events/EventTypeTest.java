package dev.meetgate.events;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.meetgate.docs.Codes;
import java.io.IOException;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class EventTypeTest {

    @Test
    void areAllOnThePage() throws IOException {
        assertEquals(
                new TreeSet<>(EventType.types()), new TreeSet<>(Codes.in("events.md", "| `type` | When | `data` |")));
    }
}
