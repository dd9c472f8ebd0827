package dev.meetgate.http;

import dev.meetgate.problem.Failure;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The text of a cursor: where the next page of a list begins, in base64url. */
public final class Cursor {

    private Cursor() {}

    public static String of(String position) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(position.getBytes(StandardCharsets.UTF_8));
    }

    /** @throws Failure.InvalidRequest unless it is base64url of text without control characters */
    public static String position(String cursor) {
        try {
            var position = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            if (position.codePoints().noneMatch(Character::isISOControl)) {
                return position;
            }
        } catch (IllegalArgumentException notBase64) {
            // The same answer as for any other text that is not a cursor of ours.
        }
        throw unknown();
    }

    /** What to answer where a position is not one of this list. */
    public static Failure.InvalidRequest unknown() {
        return new Failure.InvalidRequest(
                "cursor", "cursor must be the nextCursor of the previous page of the same list.");
    }
}
