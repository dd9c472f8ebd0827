package dev.meetgate.http;

import dev.meetgate.problem.Failure;
import java.util.Arrays;

/** Enum values in requests, by name. */
public final class RequestChoice {

    private RequestChoice() {}

    /**
     * Parses an enum value.
     *
     * @throws Failure.InvalidRequest with the field and the allowed values, unless the text is one of them
     */
    public static <E extends Enum<E>> E of(String field, String text, Class<E> type) {
        E[] choices = type.getEnumConstants();
        return Arrays.stream(choices)
                .filter(choice -> choice.name().equals(text))
                .findFirst()
                .orElseThrow(() -> new Failure.InvalidRequest(
                        field, "%s must be one of %s.".formatted(field, Arrays.toString(choices))));
    }
}
