package dev.meetgate.history;

import dev.meetgate.problem.Failure;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;

/**
 * A place in a list that is in order of time. It holds while the list grows at its end.
 *
 * @param passed how many of that very time are before this place
 */
record Position(Instant time, int passed) {

    static final Position START = at(Instant.MIN);

    static Position at(Instant time) {
        return new Position(time, 0);
    }

    /** @throws Failure.InvalidRequest unless the text came from {@link #cursor} */
    static Position of(String cursor) {
        try {
            String[] parts =
                    new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII).split(" ", -1);
            if (parts.length == 2 && parts[1].matches("\\d{1,9}")) {
                return new Position(Instant.parse(parts[0]), Integer.parseInt(parts[1]));
            }
        } catch (IllegalArgumentException | DateTimeException unreadable) {
            // The same answer as for any other text that is not a cursor of ours.
        }
        throw notOurs();
    }

    static Failure.InvalidRequest notOurs() {
        return new Failure.InvalidRequest("cursor", "cursor is the nextCursor of the page before, of the same list.");
    }

    String cursor() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((time + " " + passed).getBytes(StandardCharsets.US_ASCII));
    }
}
