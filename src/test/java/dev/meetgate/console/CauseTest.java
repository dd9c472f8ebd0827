package dev.meetgate.console;

import static dev.meetgate.problem.ProblemType.HEADERS_TOO_LARGE;
import static dev.meetgate.problem.ProblemType.ISSUER_UNAVAILABLE;
import static dev.meetgate.problem.ProblemType.METHOD_NOT_ALLOWED;
import static dev.meetgate.problem.ProblemType.NOT_ACCEPTABLE;
import static dev.meetgate.problem.ProblemType.NOT_FOUND;
import static dev.meetgate.problem.ProblemType.PRECONDITION_FAILED;
import static dev.meetgate.problem.ProblemType.TOO_LARGE;
import static dev.meetgate.problem.ProblemType.TOO_MANY_ATTEMPTS;
import static dev.meetgate.problem.ProblemType.UNAUTHENTICATED;
import static dev.meetgate.problem.ProblemType.UNKNOWN_CALLBACK;
import static dev.meetgate.problem.ProblemType.UNSUPPORTED_MEDIA_TYPE;
import static dev.meetgate.problem.ProblemType.URI_TOO_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.meetgate.docs.Codes;
import dev.meetgate.problem.ProblemType;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CauseTest {

    /** No failed call of a user has them, or the tenant must correct its request. */
    private static final Set<ProblemType> WITHOUT_CAUSE = EnumSet.of(
            UNAUTHENTICATED,
            TOO_MANY_ATTEMPTS,
            ISSUER_UNAVAILABLE,
            UNKNOWN_CALLBACK,
            NOT_FOUND,
            METHOD_NOT_ALLOWED,
            NOT_ACCEPTABLE,
            PRECONDITION_FAILED,
            TOO_LARGE,
            URI_TOO_LONG,
            UNSUPPORTED_MEDIA_TYPE,
            HEADERS_TOO_LARGE);

    @Test
    void isKnownOfEachProblemThatIsNotTheTenants() {
        assertEquals(
                WITHOUT_CAUSE,
                Arrays.stream(ProblemType.values())
                        .filter(type -> Cause.of(type.code(), null) == Cause.OTHER)
                        .collect(Collectors.toSet()));
    }

    @Test
    void isInTheTableOfTheConsolesPage() throws IOException {
        assertEquals(
                Arrays.stream(Cause.values()).map(Cause::code).collect(Collectors.toCollection(TreeSet::new)),
                new TreeSet<>(Codes.in("console.md", "| The page says | Whose matter |")));
    }
}
