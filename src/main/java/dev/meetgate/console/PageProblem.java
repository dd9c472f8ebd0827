package dev.meetgate.console;

import dev.meetgate.problem.ProblemType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The problems that people meet on a page. {@link ConsoleTexts} has the words. */
enum PageProblem {
    UNAUTHENTICATED(ProblemType.UNAUTHENTICATED),
    FORBIDDEN(ProblemType.FORBIDDEN),
    NOT_FOUND(ProblemType.NOT_FOUND),
    METHOD_NOT_ALLOWED(ProblemType.METHOD_NOT_ALLOWED),
    INVALID_REQUEST(ProblemType.INVALID_REQUEST),
    UNAVAILABLE(ProblemType.UNAVAILABLE),
    INTERNAL_ERROR(ProblemType.INTERNAL_ERROR);

    private final ProblemType type;

    PageProblem(ProblemType type) {
        this.type = type;
    }

    /** Null for a problem that only programs cause. */
    static @Nullable PageProblem of(String code) {
        return Arrays.stream(values())
                .filter(problem -> problem.type.code().equals(code))
                .findFirst()
                .orElse(null);
    }
}
