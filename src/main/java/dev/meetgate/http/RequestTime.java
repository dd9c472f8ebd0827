package dev.meetgate.http;

import dev.meetgate.problem.Failure;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Times in requests (RFC 3339). */
public final class RequestTime {

    private static final int LAST_YEAR = 9999;

    private RequestTime() {}

    /** For GoTo, which accepts no fractions: truncated to seconds. Fails as {@link #exact}. */
    public static Instant of(String field, @Nullable String text) {
        return exact(field, text).truncatedTo(ChronoUnit.SECONDS);
    }

    /** Fails with {@link Failure.InvalidRequest} unless the text is a time with its zone. */
    public static Instant exact(String field, @Nullable String text) {
        if (text != null) {
            try {
                OffsetDateTime time = OffsetDateTime.parse(text);
                int year = time.withOffsetSameInstant(ZoneOffset.UTC).getYear();
                if (year >= 1 && year <= LAST_YEAR) {
                    return time.toInstant();
                }
            } catch (DateTimeParseException unreadable) {
                // Answered below like a missing time.
            }
        }
        String hint = text != null && text.contains(" ") ? " In a URL, write + as %2B." : "";
        throw new Failure.InvalidRequest(
                field,
                "%s must be a time with its zone (RFC 3339), such as 2027-01-15T09:00:00Z.".formatted(field) + hint);
    }
}
