package dev.meetgate.http;

import dev.meetgate.problem.Failure;

public final class RequestText {

    private RequestText() {}

    /**
     * Fails with {@link Failure.InvalidRequest} if blank, too long, with control characters or half
     * characters.
     */
    public static String of(String field, String text, int longest) {
        if (!isFit(text, longest)) {
            throw new Failure.InvalidRequest(
                    field, "%s must have 1 to %d characters without control characters.".formatted(field, longest));
        }
        return text;
    }

    public static boolean isFit(String text, int longest) {
        return !text.isBlank()
                && text.codePointCount(0, text.length()) <= longest
                && text.codePoints().noneMatch(RequestText::isUnfit);
    }

    /** Half of a surrogate pair has no UTF-8. It would be stored as a question mark. */
    private static boolean isUnfit(int codePoint) {
        return Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.SURROGATE;
    }
}
