package dev.meetgate.http;

import dev.meetgate.problem.Failure;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Encodes the position of the next page of a list as base64url. */
public final class Cursor {

    private Cursor() {}

    public static String of(String position) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(position.getBytes(StandardCharsets.UTF_8));
    }

    /** Fails with {@link Failure.InvalidRequest} unless the text can be a cursor. */
    public static String position(String cursor) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(cursor);
            String position = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (position.codePoints().noneMatch(Character::isISOControl)) {
                return position;
            }
        } catch (IllegalArgumentException | CharacterCodingException noText) {
            // Answered below like any other unknown cursor.
        }
        throw unknown();
    }

    /** A position that is a number; {@code start} without a cursor. Fails like {@link #position}. */
    public static long number(String cursor, long start) {
        String position = position(cursor);
        if (!position.matches("\\d{0,18}")) {
            throw unknown();
        }
        return position.isEmpty() ? start : Long.parseLong(position);
    }

    public static Failure.InvalidRequest unknown() {
        return new Failure.InvalidRequest(
                "cursor", "cursor must be the nextCursor of the previous page of the same list.");
    }
}
