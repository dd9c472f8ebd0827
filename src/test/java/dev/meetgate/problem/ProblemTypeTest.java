package dev.meetgate.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.meetgate.docs.Codes;
import java.io.IOException;
import java.util.Arrays;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ProblemTypeTest {

    @Test
    void isInTheTableOfTheApiByExample() throws IOException {
        assertEquals(
                Arrays.stream(ProblemType.values())
                        .map(ProblemType::code)
                        .collect(Collectors.toCollection(TreeSet::new)),
                new TreeSet<>(Codes.in("api.md", "| Code | Status | What to do |")));
    }
}
