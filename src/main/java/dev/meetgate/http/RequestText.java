package dev.meetgate.http;

import dev.meetgate.problem.Failure;

/** Text in requests. */
public final class RequestText {

    private RequestText() {}

    /**
     * Checks text of a limited length.
     *
     * @throws Failure.InvalidRequest unless the text is not blank, has at most {@code longest} characters,
     *     and no control characters
     */
    public static String of(String field, String text, int longest) {
        if (text.isBlank()
                || text.codePointCount(0, text.length()) > longest
                || text.codePoints().anyMatch(Character::isISOControl)) {
            throw new Failure.InvalidRequest(
                    field, "%s must have 1 to %d characters without control characters.".formatted(field, longest));
        }
        return text;
    }
}
