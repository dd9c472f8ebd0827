package dev.meetgate.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.meetgate.docs.Codes;
import java.io.IOException;
import java.util.Arrays;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ActionTest {

    @Test
    void isInTheTableOfTheAuditsPage() throws IOException {
        assertEquals(
                Arrays.stream(Action.values()).map(Action::word).collect(Collectors.toCollection(TreeSet::new)),
                new TreeSet<>(Codes.in("audit.md", "| `action` | What was done | `target` |")));
    }
}
