package dev.meetgate.http;

import dev.meetgate.problem.Failure;

/** Text as callers send it. */
public final class RequestText {

    private RequestText() {}

    /** @throws Failure.InvalidRequest which names the field, unless the text is 1 to so many characters, and none a control character */
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
