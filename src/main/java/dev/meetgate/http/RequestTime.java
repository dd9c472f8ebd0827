package dev.meetgate.http;

import dev.meetgate.problem.Failure;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Times as callers send them (RFC 3339), to the second: GoTo takes no fractions. */
public final class RequestTime {

    private static final int LAST_YEAR = 9999;

    private RequestTime() {}

    /** @throws Failure.InvalidRequest which names the field, unless the text is a time with its zone */
    public static Instant of(String field, @Nullable String text) {
        if (text != null) {
            try {
                OffsetDateTime time = OffsetDateTime.parse(text);
                if (time.getYear() >= 1 && time.getYear() <= LAST_YEAR) {
                    return time.toInstant().truncatedTo(ChronoUnit.SECONDS);
                }
            } catch (DateTimeParseException unreadable) {
                // The same answer as for a time that is missing.
            }
        }
        throw new Failure.InvalidRequest(
                field, "%s must be a time with its zone (RFC 3339), such as 2027-01-15T09:00:00Z.".formatted(field));
    }
}
