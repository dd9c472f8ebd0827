package dev.meetgate.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.meetgate.docs.Codes;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The codes in the tables of the pages are those that people and applications get. */
class CodesTest {

    private static final Set<String> PROBLEMS = Arrays.stream(Outcome.values())
            .map(Outcome::problem)
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());

    @Test
    void theApiByExampleListsTheProblemsAtTheReturnUrl() throws IOException {
        assertEquals(new TreeSet<>(PROBLEMS), new TreeSet<>(Codes.in("api.md", "| `problem` | What happened |")));
    }

    /** The code of an outcome is its problem. */
    @Test
    void pagesListTheCodesThatNoOutcomeHas() throws IOException {
        Set<String> listed = new TreeSet<>(Codes.in("pages.md", "| Code | What happened | Whose turn |"));
        listed.removeAll(PROBLEMS);
        Set<Notice> ofOutcomes =
                Arrays.stream(Outcome.values()).map(Outcome::notice).collect(Collectors.toSet());
        Set<String> others = Arrays.stream(Notice.values())
                .filter(notice -> notice.hasCode() && !ofOutcomes.contains(notice))
                .map(Notice::code)
                .filter(code -> !PROBLEMS.contains(code))
                .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(others, listed);
    }
}
