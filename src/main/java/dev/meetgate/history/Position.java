package dev.meetgate.history;

import dev.meetgate.http.Cursor;
import dev.meetgate.problem.Failure;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * A position in a list sorted by time, after {@code passed} items of that time. Stays valid while the list
 * grows at its end.
 */
record Position(Instant time, int passed) {

    static final Position START = at(Instant.MIN);

    static Position at(Instant time) {
        return new Position(time, 0);
    }

    /** Fails with {@link Failure.InvalidRequest} unless {@link #cursor} wrote the text. */
    static Position of(String cursor) {
        String[] parts = Cursor.position(cursor).split(" ", -1);
        if (parts.length == 2 && parts[1].matches("\\d{1,9}")) {
            try {
                return new Position(Instant.parse(parts[0]), Integer.parseInt(parts[1]));
            } catch (DateTimeException unreadable) {
                // Answered below like any other unknown cursor.
            }
        }
        throw Cursor.unknown();
    }

    String cursor() {
        return Cursor.of(time + " " + passed);
    }
}
