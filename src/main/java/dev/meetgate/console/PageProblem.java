package dev.meetgate.console;

import dev.meetgate.problem.ProblemType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The problems that people meet on a page. {@link ConsoleTexts} has the words. */
enum PageProblem {
    UNAUTHENTICATED,
    FORBIDDEN,
    NOT_FOUND,
    METHOD_NOT_ALLOWED,
    INVALID_REQUEST,
    UNAVAILABLE,
    INTERNAL_ERROR;

    /** Null for a problem that only programs cause. */
    static @Nullable PageProblem of(String code) {
        return Arrays.stream(values())
                .filter(problem -> ProblemType.valueOf(problem.name()).code().equals(code))
                .findFirst()
                .orElse(null);
    }
}
