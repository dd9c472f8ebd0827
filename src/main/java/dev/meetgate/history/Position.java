package dev.meetgate.history;

import dev.meetgate.http.Cursor;
import dev.meetgate.problem.Failure;
import java.time.DateTimeException;
import java.time.Instant;

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
        String[] parts = Cursor.position(cursor).split(" ", -1);
        if (parts.length == 2 && parts[1].matches("\\d{1,9}")) {
            try {
                return new Position(Instant.parse(parts[0]), Integer.parseInt(parts[1]));
            } catch (DateTimeException unreadable) {
                // The same answer as for any other text that is not a cursor of ours.
            }
        }
        throw Cursor.unknown();
    }

    String cursor() {
        return Cursor.of(time + " " + passed);
    }
}
