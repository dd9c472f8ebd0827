package dev.meetgate.http;

import dev.meetgate.problem.Failure;

public final class RequestText {

    private RequestText() {}

    /** Fails with {@link Failure.InvalidRequest} if blank, too long, or with control characters. */
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
