package dev.meetgate.http;

import dev.meetgate.problem.Failure;
import java.util.Arrays;

public final class RequestChoice {

    private RequestChoice() {}

    /** Fails with {@link Failure.InvalidRequest} unless the text is the name of a value. */
    public static <E extends Enum<E>> E of(String field, String text, Class<E> type) {
        E[] choices = type.getEnumConstants();
        return Arrays.stream(choices)
                .filter(choice -> choice.name().equals(text))
                .findFirst()
                .orElseThrow(() -> new Failure.InvalidRequest(
                        field, "%s must be one of %s.".formatted(field, Arrays.toString(choices))));
    }
}
