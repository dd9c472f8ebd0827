package dev.meetgate.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** The header {@code Retry-After} of another server: seconds or a date (RFC 9110 §10.2.3). */
public final class RetryAfter {

    private RetryAfter() {}

    /** Null if the header is missing, unreadable or in the past. */
    public static @Nullable Duration of(@Nullable String value, Instant now) {
        if (value == null) {
            return null;
        }
        String text = value.strip();
        Duration wait = text.matches("\\d{1,9}") ? Duration.ofSeconds(Long.parseLong(text)) : until(text, now);
        return wait == null || wait.isNegative() ? null : wait;
    }

    private static @Nullable Duration until(String httpDate, Instant now) {
        try {
            return Duration.between(
                    now,
                    ZonedDateTime.parse(httpDate, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
        } catch (DateTimeException unreadable) {
            return null;
        }
    }
}
