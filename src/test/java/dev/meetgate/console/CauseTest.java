package dev.meetgate.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.meetgate.docs.Codes;
import java.io.IOException;
import java.util.Arrays;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CauseTest {

    @Test
    void isInTheTableOfTheConsolesPage() throws IOException {
        assertEquals(
                Arrays.stream(Cause.values()).map(Cause::code).collect(Collectors.toCollection(TreeSet::new)),
                new TreeSet<>(Codes.in("console.md", "| The page says | Whose matter |")));
    }
}
